import { cellFixes } from './cells.ts';
import { declarationFixes } from './declarations.ts';
import { designFixes } from './designs.ts';
import { equationFixes } from './equations.ts';
import type { QuickFix } from './fix.ts';
import { nameFixes } from './names.ts';
import { valueFixes } from './values.ts';

/** Every way that the server knows to mend a finding. */
export const quickFixes: readonly QuickFix[] = [
  ...nameFixes,
  ...valueFixes,
  ...equationFixes,
  ...cellFixes,
  ...declarationFixes,
  ...designFixes,
];
