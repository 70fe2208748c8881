import type { DebugProtocol } from '@vscode/debugprotocol';
import { type ExpressionReader, signalsIn } from './breakpoints.ts';
import { compileWatched, lookupIn } from './evaluate.ts';
import { formatValues, textOf, typeText } from './format.ts';
import { framesAt, scopesOf, unitsOf, type Variable } from './frames.ts';
import { Refusal } from './refusal.ts';
import type { Timeline } from './timeline.ts';
import { namedValues } from './values.ts';

type Arguments<Request extends DebugProtocol.Request> = NonNullable<Request['arguments']>;

/** Answers what a client asks about one position of the timeline. */
export interface Inspection {
  stackTrace(asked: Arguments<DebugProtocol.StackTraceRequest>): DebugProtocol.StackTraceResponse['body'];
  scopes(asked: Arguments<DebugProtocol.ScopesRequest>): DebugProtocol.ScopesResponse['body'];
  variables(asked: Arguments<DebugProtocol.VariablesRequest>): DebugProtocol.VariablesResponse['body'];
  evaluate(asked: Arguments<DebugProtocol.EvaluateRequest>): Promise<DebugProtocol.EvaluateResponse['body']>;
  completions(asked: Arguments<DebugProtocol.CompletionsRequest>): DebugProtocol.CompletionsResponse['body'];
}

export function inspect(
  timeline: Timeline,
  position: number,
  reader: ExpressionReader,
  pathOf: (uri: string) => string,
): Inspection {
  const frames = framesAt(timeline, position);
  const frameOf = (id: number | undefined) => frames.at((id ?? 1) - 1);
  const expandable: (() => readonly Variable[])[] = [];
  /** A reference by which the client can ask for the children. */
  const expand = (children: () => readonly Variable[]): number => expandable.push(children);
  const told = ({ name, value, type, path, indexed, children }: Variable): DebugProtocol.Variable => ({
    name,
    value,
    type,
    evaluateName: path,
    indexedVariables: indexed,
    variablesReference: children ? expand(children) : 0,
  });
  return {
    stackTrace: ({ startFrame = 0, levels }) => ({
      stackFrames: frames
        .map((frame, at) => stackFrame(frame, at + 1, pathOf))
        .slice(startFrame, levels ? startFrame + levels : undefined),
      totalFrames: frames.length,
    }),
    scopes: ({ frameId }) => {
      const frame = frameOf(frameId);
      const scopes = frame ? scopesOf(timeline, position, frame) : [];
      return {
        scopes: scopes.map(({ name, expensive, variables }) => ({
          name,
          expensive,
          variablesReference: expand(variables),
        })),
      };
    },
    variables: ({ variablesReference, start = 0, count }) => {
      const all = expandable.at(variablesReference - 1)?.() ?? [];
      return { variables: all.slice(start, count ? start + count : undefined).map(told) };
    },
    evaluate: async ({ expression, frameId }) => {
      const frame = frameOf(frameId)?.layer;
      const read = await reader.watch(expression, signalsIn(timeline, frame));
      if (!read.ok) throw new Refusal(read.problems.map(textOf).join('\n'));
      const named = namedValues(timeline, position, frame);
      const evaluated = compileWatched(read.value)(lookupIn(named));
      if (!evaluated.ok)
        throw new Refusal(`${evaluated.missing.join(', ')}: not evaluated yet in this time step`);
      const { values } = evaluated;
      const { unit } = read.value;
      const path = expression.trim();
      const isName = named.some(({ name }) => name === path);
      const units = () => unitsOf(values, unit, isName ? (at) => `${path}[${at}]` : undefined);
      return {
        result: formatValues(values, unit),
        type: typeText(unit, values.length),
        ...(values.length > 1
          ? { variablesReference: expand(units), indexedVariables: values.length }
          : { variablesReference: 0 }),
      };
    },
    completions: ({ text, column, frameId }) => {
      const typed = /[\w.']*$/.exec(text.slice(0, column - 1))?.[0] ?? '';
      const fitting = signalsIn(timeline, frameOf(frameId)?.layer).filter(({ name }) =>
        name.startsWith(typed),
      );
      const start = column - 1 - typed.length;
      return {
        targets: fitting.map(({ name }) => ({ label: name, type: 'variable', start, length: typed.length })),
      };
    },
  };
}

function stackFrame(
  { name, origin, kind }: ReturnType<typeof framesAt>[number],
  id: number,
  pathOf: (uri: string) => string,
): DebugProtocol.StackFrame {
  if (origin === undefined) return { id, name, line: 0, column: 0, ...(kind === 'phase' ? label : {}) };
  const { file, start, end } = origin;
  return {
    id,
    name,
    source: { name: file.replace(/^.*\//, ''), path: pathOf(file) },
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

const label = { presentationHint: 'label' } as const;
