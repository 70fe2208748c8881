/**
 * A name of its own in another notation for each name: letters, digits and underscores, with underscores behind it where
 * it would be a reserved word or one that is given already.
 *
 * @param fold what the notation does not tell apart, such as capitals.
 */
export function uniqueNames(
  names: readonly string[],
  reserved: readonly string[],
  fold: (name: string) => string = (name) => name,
): ReadonlyMap<string, string> {
  const taken = new Set(reserved.map(fold));
  return new Map(
    names.map((name) => {
      let own = name.replaceAll(/[^A-Za-z0-9_]+/g, '_');
      while (taken.has(fold(own))) own += '_';
      taken.add(fold(own));
      return [name, own] as const;
    }),
  );
}
