import {
  type AstNode,
  type AstNodeDescription,
  AstUtils,
  DefaultScopeProvider,
  EMPTY_SCOPE,
  type LangiumCoreServices,
  MapScope,
  type ReferenceInfo,
  type Scope,
  WorkspaceCache,
} from 'langium';
import * as ast from '../generated/ast.ts';
import type { Library } from '../library/library.ts';
import { argumentNames, argumentOwner, ownedParameters, type SchemaLookup, schemaName } from './arguments.ts';
import { importsOf } from './imports.ts';
import * as members from './members.ts';

/**
 * What a name may refer to. Declarations: those of the file, then those of its direct imports, then the prelude's, so
 * that a local declaration shadows an imported one. Members: by the declaration around, or by what is referred to.
 * Every scope is a map, built once per revision of the workspace: looking a name up costs the same at any size.
 */
export class LoomScopeProvider extends DefaultScopeProvider {
  private readonly declarationScopes: WorkspaceCache<string, Scope>;
  private readonly memberScopes: WorkspaceCache<AstNode, Scope>;
  private readonly argumentScopes: WorkspaceCache<AstNode, Scope>;
  private readonly schemaScopes: WorkspaceCache<string, Scope>;
  private readonly schemaParameters: WorkspaceCache<string, readonly ast.Parameter[]>;

  constructor(
    private readonly services: LangiumCoreServices,
    private readonly library: Library,
  ) {
    super(services);
    this.declarationScopes = new WorkspaceCache(services.shared);
    this.memberScopes = new WorkspaceCache(services.shared);
    this.argumentScopes = new WorkspaceCache(services.shared);
    this.schemaScopes = new WorkspaceCache(services.shared);
    this.schemaParameters = new WorkspaceCache(services.shared);
  }

  override getScope(context: ReferenceInfo): Scope {
    const { container, property } = context;
    if (ast.isName(container)) return this.symbolScope(container);
    if (ast.isArgument(container)) return this.argumentScope(container);
    if (ast.isProperty(container)) return this.schemaScope(schemaName(container.$container));
    if (ast.isBinding(container) && property === 'role') return this.schemaScope('roles');
    if (ast.isSweep(container) && property === 'parameter')
      return this.scopeOf(ownedParameters(container.owner?.ref, this.schemas));
    if (ast.isVariation(container))
      return this.scopeOf(members.variableParameters(container.$container.device?.ref));
    if (ast.isDerivedDevice(container) && property === 'set')
      return this.scopeOf(members.parameterSets(container));
    if (ast.isSignal(container)) return this.signalScope(container, property);
    if (ast.isProbedQuantity(container)) return this.nodeScope(container, context.reference.$refText);
    return this.getGlobalScope(this.reflection.getReferenceType(context), context);
  }

  /** Parameters of the prelude's property schema of this name. */
  readonly schemas: SchemaLookup = (name) =>
    this.schemaParameters.get(name, () => this.findSchema(name)?.parameters ?? []);

  private findSchema(name: string): ast.PropertySchema | undefined {
    const found = this.services.shared.workspace.IndexManager.allElements(
      ast.PropertySchema.$type,
      new Set(this.library.prelude),
    ).find((description) => description.name === name);
    const schema = found && this.nodeOf(found);
    return ast.isPropertySchema(schema) ? schema : undefined;
  }

  private schemaScope(name: string): Scope {
    return this.schemaScopes.get(name, () => this.scopeOf(this.schemas(name)));
  }

  private argumentScope(argument: ast.Argument): Scope {
    const owner = argumentOwner(argument);
    return owner
      ? this.argumentScopes.get(owner, () => this.scopeOfNames(argumentNames(owner)))
      : EMPTY_SCOPE;
  }

  protected override getGlobalScope(referenceType: string, context: ReferenceInfo): Scope {
    const document = AstUtils.getDocument(context.container);
    return this.declarationScopes.get(`${document.uri.toString()} ${referenceType}`, () => {
      const index = this.services.shared.workspace.IndexManager;
      const layer = (uris: Iterable<string>, outer?: Scope) =>
        new FirstWins(index.allElements(referenceType, new Set(uris)), outer);
      const imported = importsOf(document, this.library).map((uri) => uri.toString());
      return layer([document.uri.toString()], layer(imported, layer(this.library.prelude)));
    });
  }

  /** What a name in an expression may refer to, by where the expression stands. */
  private symbolScope(name: ast.Name): Scope {
    const { $container: container } = name;
    if (ast.isProperty(container)) return this.propertyValueScope(name, container);
    if (ast.isSweep(container)) return this.sweptScope(container);
    if (ast.isArgument(container)) {
      const words = wordsOf(container.parameter?.ref);
      if (words.length > 0) return this.scopeOf(words);
      // By position, a word may stand for a parameter that chooses among words.
      const byPosition = container.parameter ? [] : positionalWords(container.$container);
      if (byPosition.length > 0) return this.scopeOf([...symbolsAround(name), ...byPosition]);
    }
    if (ast.isParameter(container) && container.words.length > 0) return this.scopeOf(container.words);
    const owner = AstUtils.getContainerOfType(name, isNameOwner);
    return owner ? this.memberScopes.get(owner, () => this.scopeOf(symbolsOf(owner))) : EMPTY_SCOPE;
  }

  private sweptScope(sweep: ast.Sweep): Scope {
    return this.scopeOf(wordsOf(sweep.parameter?.ref));
  }

  private propertyValueScope(name: ast.Name, property: ast.Property): Scope {
    const parameter = property.parameter?.ref;
    if (parameter?.unit === 'device')
      return this.getGlobalScope(ast.Device.$type, {
        container: name,
        property: 'symbol',
        reference: name.symbol,
      });
    return this.scopeOf(wordsOf(parameter));
  }

  private signalScope(signal: ast.Signal, property: string): Scope {
    const experiment = AstUtils.getContainerOfType(signal, ast.isExperiment);
    const network = experiment && members.networkOf(experiment);
    if (property === 'layer') return network ? this.scopeOf(members.networkSymbols(network)) : EMPTY_SCOPE;
    const layer = signal.layer?.ref;
    const symbols = this.cellSymbols(layer).filter((node) => !ast.isPort(node));
    if (!ast.isProbedQuantity(signal.$container)) return this.scopeOf(symbols);
    // A layer without a cell has one gate, whose operands are layers.
    const operands = symbols.length === 0 && network ? members.networkSymbols(network) : [];
    return this.scopeOf([...symbols, ...this.circuitNodes(), ...operands]);
  }

  private cellSymbols(layer: ast.ProbedLayer | undefined) {
    const cell = ast.isLayer(layer) ? members.cellOfLayer(layer) : undefined;
    return cell ? members.cellSymbols(cell) : [];
  }

  /** Nodes by what realises them. */
  private readonly circuitNodes = () => [...this.schemas('nodes'), ...this.schemas('roles')];

  /** What may stand behind a signal: nodes of its circuits, the operands of its gate, and the numbers of further circuits. */
  private nodeScope({ signal }: ast.ProbedQuantity, text: string): Scope {
    const layer = signal.layer?.ref;
    const operands = ast.isLayer(layer)
      ? [...this.cellSymbols(layer), ...members.networkSymbols(layer.$container)]
      : [];
    const nodes = [...this.circuitNodes(), ...operands];
    const known = nodes.map((node) => ({ name: node.name, node }));
    // A compound operand, such as `r_h`, is named after what it is made of, and a further circuit by its number.
    const parts = text.split('_');
    const isMade =
      /^\d+$/.test(text) ||
      parts.every((part) => /^\d+$/.test(part) || nodes.some(({ name }) => name === part));
    return this.scopeOfNames(isMade ? [...known, { name: text, node: nodes[0] }] : known);
  }

  private scopeOf(nodes: readonly (AstNode & { name?: string })[]): Scope {
    return this.scopeOfNames(nodes.map((node) => ({ name: node.name, node })));
  }

  private scopeOfNames(names: readonly { readonly name?: string; readonly node: AstNode }[]): Scope {
    return new FirstWins(
      names.flatMap(({ name, node }) => (name ? [this.descriptions.createDescription(node, name)] : [])),
    );
  }

  private nodeOf(description: AstNodeDescription): AstNode | undefined {
    if (description.node) return description.node;
    const document = this.services.shared.workspace.LangiumDocuments.getDocument(description.documentUri);
    return (
      document &&
      this.services.workspace.AstNodeLocator.getAstNode(document.parseResult.value, description.path)
    );
  }
}

/** A map scope in which the first of several elements of one name counts. */
class FirstWins extends MapScope {
  constructor(elements: Iterable<AstNodeDescription>, outer?: Scope) {
    super(firstOfEach(elements), outer);
  }
}

function firstOfEach(elements: Iterable<AstNodeDescription>): readonly AstNodeDescription[] {
  const first = new Map<string, AstNodeDescription>();
  for (const element of elements) if (!first.has(element.name)) first.set(element.name, element);
  return [...first.values()];
}

type NameOwner = ast.Block | ast.Cell | ast.EquationDevice | ast.Network | ast.FunctionDeclaration;

const isNameOwner = (node: AstNode): node is NameOwner =>
  ast.isBlock(node) ||
  ast.isCell(node) ||
  ast.isEquationDevice(node) ||
  ast.isNetwork(node) ||
  ast.isFunctionDeclaration(node);

function symbolsOf(owner: NameOwner): readonly AstNode[] {
  if (ast.isBlock(owner)) return members.blockSymbols(owner);
  if (ast.isCell(owner)) return members.cellSymbols(owner);
  if (ast.isEquationDevice(owner)) return members.deviceSymbols(owner);
  if (ast.isNetwork(owner)) return members.networkSymbols(owner);
  return owner.parameters;
}

/** What a name in an expression may refer to by the declaration around it. */
function symbolsAround(name: ast.Name): readonly AstNode[] {
  const owner = AstUtils.getContainerOfType(name, isNameOwner);
  return owner ? symbolsOf(owner) : [];
}

function positionalWords(owner: ast.Argument['$container']): readonly ast.Word[] {
  const callee = ast.isCall(owner) ? owner.function?.ref : undefined;
  return ast.isFunctionDeclaration(callee) ? callee.parameters.flatMap((parameter) => parameter.words) : [];
}

const wordsOf = (target: ast.ArgumentTarget | undefined): readonly ast.Word[] =>
  ast.isParameter(target) ? target.words : [];
