import type { Distribution } from '@memloom/sim-core';
import type { AstNode } from 'langium';
import * as ast from '../generated/ast.ts';
import { documentation } from '../references/documentation.ts';
import type { Context } from './context.ts';
import {
  asSpread,
  describeKind,
  evaluateParameter,
  type ParameterType,
  parameterType,
} from './parameters.ts';
import type { Value } from './value.ts';

/** The properties of a body, read by its schema: as given, or as defaulted. */
export interface Properties {
  /** The property's text, where it is given. */
  given(name: string): ast.Property | undefined;
  number(name: string): number | undefined;
  word(name: string): string | undefined;
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  size(name: string): { readonly rows: number; readonly columns: number } | undefined;
  spread(name: string): Distribution | undefined;
  /** The name of a file, one number or a distribution. */
  matrix(name: string): string | number | Distribution | undefined;
  /** The call that a property holds, such as `minmax(0, 1)`. */
  call(name: string): ast.Call | undefined;
  device(name: string): ast.Device | undefined;
}

/** Kinds whose values are not constants but names or calls, which their owners read themselves. */
const structural: ReadonlySet<string> = new Set(['device', 'crossbar', 'block', 'scaling']);

/**
 * Reads properties by the schema of a name. `owner` is what messages speak of and where a missing property is reported;
 * `inherited` come first, so that nearer ones replace them.
 */
export function readProperties(
  schema: string,
  owner: AstNode & { readonly name?: string },
  properties: readonly ast.Property[],
  context: Context,
  inherited: readonly ast.Property[] = [],
): Properties {
  const parameters = context.schemas(schema);
  const silent = { ...context, report: () => undefined };
  const values = new Map<string, { property?: ast.Property; values: readonly Value[] }>();
  for (const parameter of parameters) {
    const type = parameterType(parameter, false, context.report);
    if (type.default) values.set(parameter.name, { values: [type.default] });
  }
  for (const property of inherited) readProperty(property, values, silent);
  const seen = new Map<string, ast.Property>();
  for (const property of properties) {
    const name = property.parameter?.$refText;
    const first = seen.get(name);
    if (first)
      context.report('parameter.duplicate', { node: property, property: 'parameter' }, { name }, [
        { place: { node: first }, message: `"${name}" is given here first.` },
      ]);
    else seen.set(name, property);
    readProperty(property, values, context);
  }
  for (const parameter of parameters) {
    if (values.has(parameter.name) || parameter.optional) continue;
    const details = {
      owner: owner.name ?? schema,
      name: parameter.name,
      meaning: documentation(parameter).replace(/\.$/, ''),
    };
    context.report(
      'parameter.missing',
      { node: owner, ...(owner.name ? { property: 'name' } : {}) },
      details,
    );
  }
  return accessors(values);
}

type Stored = Map<string, { property?: ast.Property; values: readonly Value[] }>;

function readProperty(property: ast.Property, values: Stored, context: Context): void {
  const parameter = property.parameter?.ref;
  if (!parameter) return;
  const type = parameterType(parameter, false, context.report);
  if (property.values.length > 1 && type.kind !== 'texts') {
    const details = { subject: `"${type.name}"`, expected: `one value: ${describeKind(type)}` };
    context.report('value.expected', { node: property, property: 'values', index: 1 }, details);
  }
  if (structural.has(type.kind)) {
    checkStructural(property, type, context);
    values.set(type.name, { property, values: [] });
    return;
  }
  const read = property.values.flatMap(
    (expression) => evaluateParameter(expression, type, context.report) ?? [],
  );
  values.set(type.name, { property, values: read.length > 0 ? read : (values.get(type.name)?.values ?? []) });
}

function checkStructural(property: ast.Property, type: ParameterType, context: Context): void {
  const [value] = property.values;
  const wanted = type.kind === 'scaling' ? ast.isCall(value) : ast.isName(value);
  if (!value || wanted) return;
  context.report(
    'value.expected',
    { node: property, property: 'values', index: 0 },
    { subject: `"${type.name}"`, expected: describeKind(type) },
  );
}

function accessors(stored: Stored): Properties {
  const first = (name: string): Value | undefined => stored.get(name)?.values[0];
  const expression = (name: string) => stored.get(name)?.property?.values[0];
  return {
    given: (name) => stored.get(name)?.property,
    number: (name) => {
      const value = first(name);
      return value?.kind === 'number' ? value.value : undefined;
    },
    word: (name) => {
      const value = first(name);
      return value?.kind === 'word' ? value.value : undefined;
    },
    text: (name) => {
      const value = first(name);
      return value?.kind === 'text' ? value.value : undefined;
    },
    texts: (name) =>
      stored.get(name)?.values.flatMap((value) => (value.kind === 'text' ? [value.value] : [])) ?? [],
    size: (name) => {
      const value = first(name);
      return value?.kind === 'size' ? { rows: value.rows, columns: value.columns } : undefined;
    },
    spread: (name) => {
      const value = first(name);
      const spread = value && asSpread(value);
      return spread?.kind === 'distribution' ? spread : undefined;
    },
    matrix: (name) => {
      const value = first(name);
      if (value?.kind === 'distribution') return value.distribution;
      return value?.kind === 'number' || value?.kind === 'text' ? value.value : undefined;
    },
    call: (name) => {
      const value = expression(name);
      return ast.isCall(value) ? value : undefined;
    },
    device: (name) => {
      const value = expression(name);
      const symbol = ast.isName(value) ? value.symbol?.ref : undefined;
      return ast.isDevice(symbol) ? symbol : undefined;
    },
  };
}
