import type { Arguments, Code, LoomServices } from '@memloom/language';
import type { AstNode, LangiumDocument } from 'langium';
import type { Range, TextEdit } from 'vscode-languageserver-protocol';

/** A finding of the checker, with what a fix needs to know of it. */
export interface Finding<C extends Code = Code> {
  readonly details: Arguments<C>;
  readonly range: Range;
  /** The characters that the finding is about. */
  readonly text: string;
  /** The node at the beginning of these characters. */
  readonly node: AstNode;
  readonly document: LangiumDocument;
  readonly services: LoomServices;
}

/** What can be done about a finding: edits of its document. */
export interface Proposal {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/**
 * One way to mend one kind of finding. `before` and `after` are its test and its documentation: the first finding of
 * the code in `before`, mended by this fix, gives `after`.
 */
export interface QuickFix<C extends Code = Code> {
  readonly code: C;
  /** What the fix does, as a sentence of the documentation. */
  readonly does: string;
  /** The one that is most likely meant: editors apply it on a single key. */
  readonly preferred?: boolean;
  /** Safe to apply to every finding of a file at once. */
  readonly forAll?: boolean;
  readonly before: string;
  readonly after: string;
  readonly propose: (finding: Finding<C>) => Proposal | undefined;
}

/** Gives a fix the details of its code; the catalogue of fixes holds them side by side. */
export const quickFix = <C extends Code>(fix: QuickFix<C>): QuickFix => fix as unknown as QuickFix;

export const replace = (range: Range, newText: string): TextEdit => ({ range, newText });

/** Writes `newText` in the place of the finding's characters. */
export const instead = (finding: Finding, title: string, newText: string): Proposal => ({
  title,
  edits: [replace(finding.range, newText)],
});

/** The nearest right spelling, where the checker knows one. */
export function nearestSpelling(finding: Finding & { details: { suggestion?: string } }): Proposal | undefined {
  const { suggestion } = finding.details;
  return suggestion === undefined
    ? undefined
    : instead(finding, `Change to ${quoted(suggestion)}`, suggestion);
}

const quoted = (text: string): string => (text.startsWith('"') ? text : `"${text}"`);
