import { DocumentState } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { URI } from 'vscode-uri';
import * as ast from './generated/ast.ts';
import { modelOf } from './references/imports.ts';

const scratch = URI.parse('memloom:/set/value.loom');

/** Parses a value by itself, with the prelude's functions in scope; undefined when the text is not exactly one value. */
export async function parseValue(
  text: string,
  shared: LangiumSharedServices,
): Promise<ast.Expression | undefined> {
  const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
  const document = LangiumDocumentFactory.fromString(`experiment value { seed ${text}\n}`, scratch);
  LangiumDocuments.addDocument(document);
  try {
    await DocumentBuilder.build([document], { validation: false });
    const { lexerErrors, parserErrors } = document.parseResult;
    const [experiment, ...more] = modelOf(document)?.declarations ?? [];
    if (lexerErrors.length + parserErrors.length + more.length > 0 || document.state < DocumentState.Linked)
      return undefined;
    const statements = ast.isExperiment(experiment) ? experiment.statements : [];
    return statements.length === 1 && ast.isSeed(statements[0]) ? statements[0].value : undefined;
  } finally {
    LangiumDocuments.deleteDocument(scratch);
  }
}
