import {
  ast,
  cellChain,
  cellDimensions,
  deviceParameters,
  documentation,
  type LoomServices,
} from '@memloom/language';
import type { AstNode, LangiumDocument, LexerResult } from 'langium';
import type { SignatureHelpProvider } from 'langium/lsp';
import type { ParameterInformation, SignatureHelp } from 'vscode-languageserver-protocol';
import { declarationText } from './hover.ts';

type Token = LexerResult['tokens'][number];

/** What the brackets around the cursor take: those of functions, cells, device models and blocks. */
export const signatureHelpProvider = (services: LoomServices): SignatureHelpProvider => ({
  signatureHelpOptions: { triggerCharacters: ['('], retriggerCharacters: [',', '='] },
  provideSignatureHelp: (document, { position }): SignatureHelp | undefined => {
    const text = document.textDocument.getText().slice(0, document.textDocument.offsetAt(position));
    // Tokens, not the tree: while an argument is being written, the text seldom parses.
    const call = openCall(services.parser.Lexer.tokenize(text).tokens);
    const callee = call && find(call, document, services);
    if (!call || !callee) return undefined;
    const parameters = parametersOf(callee);
    const labels = parameters.map(({ label }) => label).join(', ');
    return {
      signatures: [
        {
          label: `${call.name}(${labels})`,
          documentation: { kind: 'markdown', value: documentation(callee) },
          parameters: parameters.map(
            ({ label, doc }): ParameterInformation => ({ label, documentation: doc }),
          ),
        },
      ],
      activeSignature: 0,
      activeParameter: activeParameter(parameters, call),
    };
  },
});

interface OpenCall {
  readonly name: string;
  /** What the name stands for, as the type that a reference to it has. */
  readonly kind: typeof ast.Callable.$type | typeof ast.BindingTarget.$type | typeof ast.DeviceBase.$type;
  /** Arguments that are complete. */
  readonly complete: number;
  /** Name that the argument at the cursor begins with. */
  readonly named?: string;
}

function openCall(tokens: readonly Token[]): OpenCall | undefined {
  let depth = 0;
  let complete = 0;
  let first = tokens.length;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const { image } = tokens[at];
    if (image === '{' || image === '}') return undefined;
    if (image === ')') depth++;
    else if (image === '(' && depth > 0) depth--;
    else if (image === '(') {
      const callee = calleeBefore(tokens.slice(0, at).map((token) => token.image));
      const named = tokens[first + 1]?.image === '=' ? tokens[first].image : undefined;
      if (callee) return { ...callee, complete, named };
      // A bracket of an expression: the call, if there is one, is around it.
      complete = 0;
      first = at;
    } else if (image === ',' && depth === 0) complete++;
    if (complete === 0 && depth === 0) first = at;
  }
  return undefined;
}

/** The name before an opening bracket and what it is; undefined behind anything else, and in a declaration. */
function calleeBefore(images: readonly string[]): Pick<OpenCall, 'name' | 'kind'> | undefined {
  const set = images.at(-2) === '.';
  const name = images.at(set ? -3 : -1);
  const before = images.slice(0, set ? -3 : -1);
  if (name === undefined || !/^[^\W\d]|^[^\0-\x7f]/.test(name)) return undefined;
  if (before.at(-1) === '=' && before.at(-3) === 'device') return { name, kind: ast.DeviceBase.$type };
  if (before.at(-1) === 'on') return { name, kind: ast.BindingTarget.$type };
  const declares = ['function', 'set', 'device', 'block', 'cell', 'network'].includes(before.at(-1) ?? '');
  return declares ? undefined : { name, kind: ast.Callable.$type };
}

/** Properties that refer to each kind, for the scope provider. */
const references = {
  [ast.Callable.$type]: { type: ast.Call.$type, property: 'function' },
  [ast.BindingTarget.$type]: { type: ast.Binding.$type, property: 'target' },
  [ast.DeviceBase.$type]: { type: ast.DerivedDevice.$type, property: 'base' },
} as const;

function find(
  { name, kind }: OpenCall,
  document: LangiumDocument,
  { references: { ScopeProvider }, shared, workspace }: LoomServices,
): AstNode | undefined {
  const { type, property } = references[kind];
  const container: AstNode = { $type: type, $container: document.parseResult.value };
  const found = ScopeProvider.getScope({
    container,
    property,
    reference: { $refText: name, ref: undefined },
  }).getElement(name);
  const source = found && shared.workspace.LangiumDocuments.getDocument(found.documentUri);
  return found?.node ?? (source && workspace.AstNodeLocator.getAstNode(source.parseResult.value, found.path));
}

interface Parameter {
  readonly name: string;
  readonly label: string;
  readonly doc?: string;
  /** Takes all further arguments. */
  readonly rest?: boolean;
}

function parametersOf(callee: AstNode): readonly Parameter[] {
  if (ast.isCell(callee)) {
    const inputs = cellChain(callee).find((link) => link.inputs.length > 0)?.inputs ?? [];
    const units = { name: 'units', label: 'units = …', doc: 'size of the output' };
    return [...inputs.map(labelled), ...(cellDimensions(callee).length > 0 ? [units] : [])];
  }
  if (ast.isFunctionDeclaration(callee)) return callee.parameters.map(labelled);
  if (ast.isBlock(callee)) return callee.parameters.map(labelled);
  if (ast.isModelDeclaration(callee)) return callee.parameters.map(labelled);
  return ast.isDevice(callee) ? deviceParameters(callee).map(labelled) : [];
}

const labelled = (node: ast.Parameter | ast.Port): Parameter => ({
  name: node.name,
  label: declarationText(node)?.replace(/^param /, '') ?? node.name,
  doc: documentation(node),
  rest: ast.isParameter(node) && node.rest,
});

/** Beyond the last parameter, as the protocol has it, where the argument fits none. */
function activeParameter(parameters: readonly Parameter[], { complete, named }: OpenCall): number {
  const index =
    named === undefined
      ? parameters.findIndex(({ rest }, at) => at === complete || (rest && at <= complete))
      : parameters.findIndex(({ name }) => name === named);
  return index < 0 ? parameters.length : index;
}
