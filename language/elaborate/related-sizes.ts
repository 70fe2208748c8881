import type { Place, Related } from '../diagnostics/report.ts';
import { formatSize } from '../types/dimensions/linear-form.ts';
import type { Conflict, Sized } from '../types/dimensions/unify.ts';

/** Where the two sides of a conflict are declared, and what made their variables what they are. */
export function relatedSizes(conflict: Conflict<Place>, at: Place): readonly Related[] {
  const related: Related[] = [];
  const mention = (place: Place | undefined, message: string): void => {
    if (!place || place.node === at.node) return;
    if (!related.some((other) => other.place.node === place.node && other.message === message))
      related.push({ place, message });
  };
  const side = ({ what, size, place }: Sized<Place>) =>
    mention(place, `${what} has size ${formatSize(size)}.`);
  for (const { left, right } of conflict.because)
    for (const { place } of [left, right]) mention(place, `${left.what} and ${right.what} have one size.`);
  side(conflict.left);
  side(conflict.right);
  return related;
}
