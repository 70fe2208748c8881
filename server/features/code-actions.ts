import { type Code, isCode, type LoomServices } from '@memloom/language';
import { CstUtils, type LangiumDocument } from 'langium';
import type { CodeActionProvider } from 'langium/lsp';
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type Range,
  type TextEdit,
} from 'vscode-languageserver-protocol';
import { quickFixes } from '../fixes/catalogue.ts';
import type { Finding, Proposal } from '../fixes/fix.ts';
import { importsOf } from '../fixes/names.ts';
import { refactorings } from '../fixes/refactorings.ts';

/** Mends everything in a file that can be mended safely. */
const fixAllKind = `${CodeActionKind.SourceFixAll}.memloom`;

export const codeActionKinds: readonly string[] = [
  CodeActionKind.QuickFix,
  CodeActionKind.RefactorExtract,
  CodeActionKind.RefactorRewrite,
  fixAllKind,
];

/** Quick fixes of the findings at a place, refactorings of what stands there, and all safe fixes of the file at once. */
export const codeActionProvider = (services: LoomServices): CodeActionProvider => ({
  getCodeActions: (document, params): CodeAction[] => {
    const wanted = (kind: string) =>
      (params.context.only ?? [kind]).some((only) => kind === only || kind.startsWith(`${only}.`));
    const actions: CodeAction[] = [];
    if (wanted(CodeActionKind.QuickFix)) actions.push(...fixesAt(document, params, services));
    actions.push(...refactorings(document, params.range).filter(({ kind }) => kind && wanted(kind)));
    // A file's every fix is offered where it is asked for, not in the menu of each finding.
    if (params.context.only && wanted(fixAllKind)) actions.push(...fixAll(document, services));
    return actions;
  },
});

/**
 * The findings are the server's own rather than those that the request brings: not every client sends back the details
 * that came with them.
 */
function fixesAt(document: LangiumDocument, params: CodeActionParams, services: LoomServices): CodeAction[] {
  const found = (document.diagnostics ?? []).filter(({ range }) => touches(range, params.range));
  return found.flatMap((diagnostic) => {
    const finding = findingOf(diagnostic, document, services);
    if (!finding) return [];
    const own = quickFixes
      .filter(({ code }) => code === finding.code)
      .flatMap((fix) => {
        const proposal = fix.propose(finding);
        return proposal ? [{ ...proposal, isPreferred: fix.preferred ?? false }] : [];
      });
    const imports =
      finding.code === 'name.unknown' || finding.code === 'name.notImported'
        ? importsOf((finding.details as { name: string }).name, finding)
        : [];
    return [...own, ...imports].map((proposal) => asAction(proposal, document, [diagnostic]));
  });
}

const asAction = (
  { title, edits, isPreferred }: Proposal & { isPreferred?: boolean },
  document: LangiumDocument,
  diagnostics: Diagnostic[],
): CodeAction => ({
  title,
  kind: CodeActionKind.QuickFix,
  diagnostics,
  ...(isPreferred ? { isPreferred } : {}),
  edit: { changes: { [document.textDocument.uri]: [...edits] } },
});

function fixAll(document: LangiumDocument, services: LoomServices): CodeAction[] {
  const edits = (document.diagnostics ?? []).flatMap((diagnostic) => {
    const finding = findingOf(diagnostic, document, services);
    if (!finding) return [];
    const fix = quickFixes.find(({ code, forAll }) => forAll && code === finding.code);
    return fix?.propose(finding)?.edits ?? [];
  });
  const apart = withoutOverlaps(edits);
  if (apart.length === 0) return [];
  return [
    {
      title: 'Mend all that can be mended safely',
      kind: fixAllKind,
      edit: { changes: { [document.textDocument.uri]: apart } },
    },
  ];
}

/** The edits that do not touch an earlier one, equal ones once: a second pass mends what is left. */
function withoutOverlaps(edits: readonly TextEdit[]): TextEdit[] {
  const kept: TextEdit[] = [];
  for (const edit of edits) if (!kept.some((other) => touches(other.range, edit.range))) kept.push(edit);
  return kept;
}

type CodedFinding = Finding & { readonly code: Code; readonly details: unknown };

function findingOf(
  diagnostic: Diagnostic,
  document: LangiumDocument,
  services: LoomServices,
): CodedFinding | undefined {
  const { code, data, range } = diagnostic;
  const root = document.parseResult.value.$cstNode;
  if (!isCode(code) || !root) return undefined;
  const offset = document.textDocument.offsetAt(range.start);
  const leaf = CstUtils.findLeafNodeAtOffset(root, offset);
  const details = (data as { readonly details?: unknown } | undefined)?.details ?? {};
  return {
    code,
    details,
    range,
    text: document.textDocument.getText(range),
    node: leaf?.astNode ?? document.parseResult.value,
    document,
    services,
  };
}

const touches = (a: Range, b: Range): boolean => !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
const isBefore = (a: Range['start'], b: Range['start']): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);
