import type { Diagnostic } from '@memloom/language';
import { placeText } from './place.ts';
import type { Style } from './style.ts';

/** `file:line:col: severity code message`, one-based: the form that editors and terminals make links of. */
export function diagnosticLine({ file, range, severity, code, message }: Diagnostic, style: Style): string {
  const paint = { error: style.red, warning: style.yellow, information: style.dim }[severity];
  return `${placeText(file, range.start)}: ${paint(severity)} ${code} ${message}`;
}

/** A finding in full: its line, the other places that it is about, and how to mend it. */
export function diagnosticText(diagnostic: Diagnostic, style: Style): string {
  const related = diagnostic.related.map(
    ({ file, range, message }) => `  ${placeText(file, range.start)}: ${style.dim('note')} ${message}`,
  );
  const mend = diagnostic.mend === '' ? [] : [`  ${style.dim('mend')} ${diagnostic.mend}`];
  return [diagnosticLine(diagnostic, style), ...related, ...mend].join('\n');
}
