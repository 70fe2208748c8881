import { AstUtils, type LinkingError } from 'langium';
import { Utils } from 'vscode-uri';
import { type Arguments, type Code, messageOf } from '../diagnostics/catalogue.ts';
import type { Related } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';
import { nearest } from '../references/nearest.ts';
import type { LoomCoreServices } from '../services.ts';
import { relatedToName } from './related.ts';

/** What a name that refers to nothing is reported as. */
interface Finding {
  readonly code: Code;
  readonly message: string;
  readonly details: unknown;
  /** Where the other side of the finding stands. */
  readonly related?: readonly Related[];
}

const finding = <C extends Code>(code: C, details: Arguments<C>): Finding => ({
  code,
  message: messageOf(code, details),
  details,
});

/** What to say of a name that refers to nothing; undefined where another finding says it already. */
export function describeLinkingError(error: LinkingError, services: LoomCoreServices): Finding | undefined {
  const elements = services.references.ScopeProvider.getScope(error.info).getAllElements().toArray();
  const known = elements.map((description) => description.name);
  const suggestion = nearest(error.info.reference.$refText, known);
  const found = describe(error, known, suggestion, services);
  return (
    found && { ...found, related: relatedToName(found.code, error.info.container, elements, suggestion) }
  );
}

function describe(
  error: LinkingError,
  known: readonly string[],
  suggestion: string | undefined,
  services: LoomCoreServices,
): Finding | undefined {
  const { container, property, reference } = error.info;
  const name = reference.$refText;
  if (ast.isProperty(container)) return parameterUnknown(describeBody(container), name, suggestion);
  if (ast.isArgument(container)) return argumentUnknown(container, name, known, suggestion);
  if (ast.isSweep(container) && property === 'parameter')
    return container.owner?.ref ? parameterUnknown(container.owner.$refText, name, suggestion) : undefined;
  if (ast.isVariation(container)) {
    const device = container.$container.device;
    return device?.ref ? parameterUnknown(device.$refText, name, suggestion) : undefined;
  }
  if (ast.isSignal(container)) return signalUnknown(container, property, name, known, suggestion);
  if (ast.isProbedQuantity(container)) {
    const owner = `The circuit of "${container.signal.$cstNode?.text ?? container.signal.layer.$refText}"`;
    return finding('probe.unknown', {
      signal: name,
      owner,
      known: [...new Set(known)].join(', '),
      suggestion,
    });
  }
  if (ast.isName(container) && isScaling(container)) return undefined;
  const word = ast.isName(container) ? wordExpected(container, name, known, suggestion) : undefined;
  if (word) return word;
  return declarationUnknown(error, name, suggestion, services);
}

const parameterUnknown = (owner: string, name: string, suggestion: string | undefined) =>
  finding('parameter.unknown', { owner, name, suggestion });

function describeBody({ $container: body }: ast.Property): string {
  const owner = ast.isPropertyBody(body) ? body.$container : body;
  if (ast.isTrain(owner)) return 'Training';
  if (ast.isTransient(owner)) return 'A transient';
  if (ast.isCharacterize(owner)) return 'Characterisation';
  if (ast.isSolve(owner)) return 'A solution';
  if (ast.isWave(owner)) return `A ${owner.shape}`;
  if (ast.isPulses(owner)) return 'A train of pulses';
  if (ast.isProgramming(owner)) return 'Write–verify programming';
  return `The ${declarationKinds[owner.$type] ?? 'declaration'} "${owner.name}"`;
}

/** A named argument of something that is itself unknown is not reported again. */
function argumentUnknown(
  argument: ast.Argument,
  name: string,
  known: readonly string[],
  suggestion: string | undefined,
) {
  const { $container: owner } = argument;
  if (ast.isDerivedDevice(owner))
    return owner.base?.ref ? parameterUnknown(owner.base.$refText, name, suggestion) : undefined;
  if (ast.isBinding(owner))
    return owner.target?.ref ? parameterUnknown(owner.target.$refText, name, suggestion) : undefined;
  if (ast.isCall(owner)) {
    const callee = owner.function?.ref;
    return callee ? parameterUnknown(`${callee.name}(${known.join(', ')})`, name, suggestion) : undefined;
  }
  return parameterUnknown(owner.name, name, suggestion);
}

/** Of a layer whose own call is unknown, no signal can be known. */
function isResolved(layer: ast.ProbedLayer | undefined): boolean {
  if (!layer) return false;
  const value = ast.isLayer(layer) ? layer.value : undefined;
  return !ast.isCall(value) || value.function?.ref !== undefined;
}

function signalUnknown(
  signal: ast.Signal,
  property: string,
  name: string,
  known: readonly string[],
  suggestion: string | undefined,
) {
  const experiment = AstUtils.getContainerOfType(signal, ast.isExperiment);
  if (property === 'member' && !isResolved(signal.layer?.ref)) return undefined;
  const owner =
    property === 'member'
      ? `The layer "${signal.layer.$refText}"`
      : `The network of ${experiment?.name ?? 'this experiment'}`;
  const list = [...new Set(known)].join(', ') || 'none';
  return finding('probe.unknown', { signal: name, owner, known: list, suggestion });
}

/** A name where a scaling is called for is reported as a value of the wrong kind. */
const isScaling = ({ $container: container }: ast.Name): boolean =>
  ast.isProperty(container) && container.parameter?.ref?.unit === 'scaling';

/** A name where a word out of a fixed choice is expected. */
function wordExpected(
  name: ast.Name,
  text: string,
  known: readonly string[],
  suggestion: string | undefined,
) {
  const { $container: container } = name;
  const target =
    ast.isProperty(container) || ast.isArgument(container) || ast.isSweep(container)
      ? container.parameter?.ref
      : ast.isParameter(container)
        ? container
        : undefined;
  if (!ast.isParameter(target)) return undefined;
  if (target.words.length > 0) {
    const subject = `"${target.name}"`;
    return finding('value.word', { subject, words: known.join(' or '), word: text, suggestion });
  }
  if (target.unit === 'device' || ast.isParameter(container) || ast.isArgument(container)) return undefined;
  return finding('value.expected', { subject: `"${target.name}"`, expected: 'a value, not a name' });
}

const declarationKinds: Readonly<Record<string, string>> = {
  FunctionDeclaration: 'function',
  ModelDeclaration: 'model',
  DerivedDevice: 'device',
  EquationDevice: 'device',
  Device: 'device',
  Crossbar: 'crossbar',
  Block: 'block',
  Hardware: 'hardware',
  Cell: 'cell',
  Network: 'network',
  Dataset: 'data set',
  Experiment: 'experiment',
  DeviceBase: 'device model or device',
  BindingTarget: 'block or crossbar',
  Callable: 'function or cell',
  ParameterOwner: 'device, crossbar, block, hardware, data set or experiment',
  ParameterSet: 'published set of parameters',
  ValueSymbol: 'value',
  Parameter: 'role',
};

function declarationUnknown(
  error: LinkingError,
  name: string,
  suggestion: string | undefined,
  services: LoomCoreServices,
) {
  const type = services.shared.AstReflection.getReferenceType(error.info);
  const { container } = error.info;
  const wantsDevice = ast.isName(container) && ast.isProperty(container.$container);
  const kind = wantsDevice ? 'device' : (declarationKinds[type] ?? 'name');
  const index = services.shared.workspace.IndexManager;
  const elsewhere =
    type === 'ValueSymbol'
      ? undefined
      : index
          .allElements(type)
          .find((description) => description.name === name && services.library.has(description.documentUri));
  if (elsewhere) {
    const library = `std.${Utils.basename(elsewhere.documentUri).replace(/\.loom$/, '')}`;
    return finding('name.notImported', { kind, name, library });
  }
  return finding('name.unknown', { kind, name, suggestion });
}
