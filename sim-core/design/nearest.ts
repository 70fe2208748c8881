/**
 * The names of `known` that `name` was most likely meant to be, nearest first: those within a third of its length
 * (at least 2) in edits, where letter case counts nothing, or that contain it or are contained in it.
 */
export function nearestNames(name: string, known: readonly string[], limit = 3): readonly string[] {
  const wanted = name.toLowerCase();
  const reach = Math.max(2, Math.floor(wanted.length / 3));
  return known
    .map((candidate) => ({ candidate, distance: distanceOf(wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** `Did you mean "a" or "b"?`, or what there is to choose from where nothing is near. */
export function suggestion(name: string, known: readonly string[], nothing: string): string {
  const near = nearestNames(name, known);
  if (near.length > 0) return `Did you mean ${quoted(near, ' or ')}?`;
  return known.length > 0
    ? `Known: ${quoted(known.slice(0, 12), ', ')}${known.length > 12 ? ', …' : ''}.`
    : nothing;
}

export const quoted = (names: readonly string[], separator = ', '): string =>
  names.map((name) => `"${name}"`).join(separator);

function distanceOf(a: string, b: string): number {
  if (a.length > 2 && b.length > 2 && (a.includes(b) || b.includes(a))) return 1;
  return editDistance(a, b);
}

/** Levenshtein distance by the usual dynamic programme, one row at a time. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, previous[j] + 1, row[j - 1] + 1));
    }
    previous = row;
  }
  return previous[b.length];
}
