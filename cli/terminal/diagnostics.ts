import type { Diagnostic } from '@memloom/language';
import { placeText } from './place.ts';
import type { Style } from './style.ts';

/** `file:line:col: severity code message`, one-based: the form that editors and terminals make links of. */
export function diagnosticLine({ file, range, severity, code, message }: Diagnostic, style: Style): string {
  const paint = { error: style.red, warning: style.yellow, information: style.dim }[severity];
  return `${placeText(file, range.start)}: ${paint(severity)} ${code} ${message}`;
}
