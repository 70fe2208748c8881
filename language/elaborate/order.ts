/** Items in an order in which each comes behind what it needs, otherwise as they stand; or one cycle of names. */
export function orderByNeed<T>(
  items: readonly T[],
  needs: (item: T) => readonly T[],
):
  | { readonly ok: true; readonly order: readonly T[] }
  | { readonly ok: false; readonly cycle: readonly T[] } {
  const done = new Set<T>();
  const path: T[] = [];
  const onPath = new Set<T>();
  const order: T[] = [];

  const visit = (item: T): readonly T[] | undefined => {
    if (done.has(item)) return undefined;
    if (onPath.has(item)) return [...path.slice(path.indexOf(item)), item];
    path.push(item);
    onPath.add(item);
    for (const needed of needs(item)) {
      const cycle = visit(needed);
      if (cycle) return cycle;
    }
    path.pop();
    onPath.delete(item);
    done.add(item);
    order.push(item);
    return undefined;
  };

  for (const item of items) {
    const cycle = visit(item);
    if (cycle) return { ok: false, cycle };
  }
  return { ok: true, order };
}
