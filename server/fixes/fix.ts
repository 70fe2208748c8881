import type { Arguments, Code, LoomServices } from '@memloom/language';
import type { AstNode, LangiumDocument } from 'langium';
import type { Range, TextEdit } from 'vscode-languageserver-protocol';

/** Where a finding of the checker stands, with what a fix needs to know around it. */
export interface Finding {
  readonly range: Range;
  /** The characters that the finding is about. */
  readonly text: string;
  /** The node at the beginning of these characters. */
  readonly node: AstNode;
  readonly document: LangiumDocument;
  readonly services: LoomServices;
}

/** A finding with the details of its code. */
export type Detailed<C extends Code> = Finding & { readonly details: Arguments<C> };

/** What can be done about a finding: edits of its document. */
export interface Proposal {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/**
 * One way to mend one kind of finding. `before` and `after` are its test and its documentation: the first finding of
 * the code in `before`, mended by this fix, gives `after`.
 */
export interface QuickFix {
  readonly code: Code;
  /** What the fix does, as a sentence of the documentation. */
  readonly does: string;
  /** The one that is most likely meant: editors apply it on a single key. */
  readonly preferred?: boolean;
  /** Safe to apply to every finding of a file at once. */
  readonly forAll?: boolean;
  readonly before: string;
  readonly after: string;
  readonly propose: (finding: Finding & { readonly details: unknown }) => Proposal | undefined;
}

/** A fix that knows the details of its code. The catalogue of fixes asks each about findings of its own code only. */
export const quickFix = <C extends Code>(
  fix: Omit<QuickFix, 'code' | 'propose'> & {
    readonly code: C;
    readonly propose: (finding: Detailed<C>) => Proposal | undefined;
  },
): QuickFix => ({ ...fix, propose: (finding) => fix.propose(finding as Detailed<C>) });

/** Writes `newText` in the place of the finding's characters. */
export const instead = ({ range }: Finding, title: string, newText: string): Proposal => ({
  title,
  edits: [{ range, newText }],
});

/** The nearest right spelling, where the checker knows one. */
export function nearestSpelling(
  finding: Finding & { readonly details: { readonly suggestion?: string } },
): Proposal | undefined {
  const { suggestion } = finding.details;
  if (suggestion === undefined) return undefined;
  return instead(finding, `Change to "${suggestion}"`, suggestion);
}
