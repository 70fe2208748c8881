import type { Size } from '@memloom/sim-core';
import type * as ast from '../generated/ast.ts';

/** The size as written; a missing or broken part counts as nothing. */
export function readSize(size: ast.Size | undefined): Size {
  let constant = 0;
  const terms: Record<string, number> = {};
  for (const { factor, dimension } of size?.terms ?? []) {
    if (dimension === undefined) constant += factor ?? 0;
    else terms[dimension.name] = (terms[dimension.name] ?? 0) + (factor ?? 1);
  }
  return { constant, terms };
}
