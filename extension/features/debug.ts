import { ConditionRequest, debugCommand, ElaborateRequest, WatchRequest } from '@memloom/server/protocol';
import { failure, type Outcome, type RecordRequest, type RunProgress, success } from '@memloom/sim-core';
import * as vscode from 'vscode';
import { definedAbove } from '../debug/inline-values.ts';
import type { DebugHost, LaunchArguments } from '../debug/launch.ts';
import { DebugSession, type MoveArguments, moveRequest } from '../debug/session.ts';
import type { Recorded } from '../debug/timeline.ts';
import type { ResultLibrary } from '../results/library.ts';
import { chooseExperiment, type ExperimentPlace, placeOf } from '../run/choose.ts';
import { prepareRun } from '../run/prepare.ts';
import type { StartWorker } from '../simulation/handle.ts';
import type { Learned } from '../simulation/messages.ts';
import { recordInference } from '../simulation/simulation.ts';
import type { Server } from './language.ts';

const debugType = 'memloom';

interface Parts {
  readonly server: Server;
  readonly library: ResultLibrary;
  readonly start: StartWorker;
  /** Bytes that a recording may take. */
  readonly memory: number | undefined;
  readonly log: vscode.LogOutputChannel;
}

/** Debugs an inference equation by equation: the adapter, its configurations, and the commands that begin and move it. */
export function activateDebug(context: vscode.ExtensionContext, parts: Parts): void {
  const host = debugHost(context, parts);
  const debug = async (uri?: unknown, experiment?: unknown) => {
    const place = placeOf(uri, experiment) ?? (await chooseExperiment(parts.server, uri));
    if (place !== undefined) await vscode.debug.startDebugging(undefined, configurationOf(place));
  };
  const move = (reach: MoveArguments['reach'], direction: MoveArguments['direction']) => async () => {
    const session = vscode.debug.activeDebugSession;
    if (session?.type === debugType) await session.customRequest(moveRequest, { reach, direction });
  };
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory(debugType, {
      createDebugAdapterDescriptor: () =>
        new vscode.DebugAdapterInlineImplementation(adapter(host, parts.log)),
    }),
    vscode.debug.registerDebugConfigurationProvider(debugType, configurations(parts.server)),
    vscode.debug.registerDebugConfigurationProvider(
      debugType,
      configurations(parts.server),
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    vscode.languages.registerEvaluatableExpressionProvider('loom', { provideEvaluatableExpression }),
    vscode.languages.registerInlineValuesProvider('loom', { provideInlineValues }),
    vscode.commands.registerCommand(debugCommand, debug),
    vscode.commands.registerCommand('memloom.debug.nextStep', move('step', 1)),
    vscode.commands.registerCommand('memloom.debug.previousStep', move('step', -1)),
    vscode.commands.registerCommand('memloom.debug.nextPhase', move('phase', 1)),
    vscode.commands.registerCommand('memloom.debug.previousPhase', move('phase', -1)),
  );
}

/** The session as the editor wants an adapter to be. */
function adapter(host: DebugHost, log: vscode.LogOutputChannel): vscode.DebugAdapter {
  const sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  const session = new DebugSession(host, (message) => sent.fire(message));
  return {
    onDidSendMessage: sent.event,
    handleMessage: (message) =>
      void session
        .handle(message as Parameters<DebugSession['handle']>[0])
        .catch((error: unknown) => log.error(`Debugging: ${String(error)}`)),
    dispose: () => {
      session.dispose();
      sent.dispose();
    },
  };
}

function configurationOf({ uri, experiment }: ExperimentPlace): vscode.DebugConfiguration {
  return {
    ...{ type: debugType, request: 'launch', name: `Debug ${experiment}` },
    ...{ program: uri, experiment, sample: 0, trial: 0, stopOnEntry: true },
    internalConsoleOptions: 'neverOpen',
  };
}

/** What F5 starts on a text without a launch.json, and what is offered for one: its experiments. */
function configurations(server: Server): vscode.DebugConfigurationProvider {
  return {
    provideDebugConfigurations: async () => {
      const uri = activeText();
      if (uri === undefined) return [];
      const { experiments } = await server.request(ElaborateRequest, { uri });
      return experiments.map((experiment) => configurationOf({ uri, experiment }));
    },
    resolveDebugConfiguration: async (_folder, configuration) => {
      if (configuration.type !== undefined && configuration.program !== undefined) return configuration;
      const place = await chooseExperiment(server, undefined);
      return place && { ...configurationOf(place), ...configuration };
    },
  };
}

const activeText = (): string | undefined => {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === 'loom' ? document.uri.toString() : undefined;
};

function debugHost(
  context: vscode.ExtensionContext,
  { server, library, start, memory, log }: Parts,
): DebugHost {
  const record = async (
    launch: LaunchArguments,
    signal: AbortSignal,
    progress: (progress: RunProgress) => void,
  ): Promise<Outcome<Recorded> | undefined> => {
    const place = await placeFor(server, launch);
    if (!place.ok) return place;
    const prepared = await prepareRun(context, server, place.value);
    if (!prepared.ok) return prepared;
    const { design } = prepared.value;
    const { experiment } = place.value;
    const offered = design.experiments.find(({ name }) => name === experiment)?.infer?.hardware ?? [];
    const fidelity = launch.fidelity ?? offered.at(0) ?? 'ideal';
    const request: RecordRequest = {
      ...prepared.value,
      memory,
      hardware: fidelity === 'ideal' ? undefined : fidelity,
      sample: launch.sample ?? 0,
      trial: launch.trial ?? 0,
      learned: await lastLearned(library, place.value, log),
    };
    const recording = await recordInference(start, request, signal, progress);
    return recording?.ok ? success({ design, experiment, recording: recording.value }) : recording;
  };
  return {
    record,
    watch: (text, signals) => server.request(WatchRequest, { text, signals }),
    condition: (text, signals) => server.request(ConditionRequest, { text, signals }),
    uriOf: (path) => uriOf(path).toString(),
    pathOf: (text) => {
      const uri = vscode.Uri.parse(text);
      return uri.scheme === 'file' ? uri.fsPath : uri.toString();
    },
  };
}

/** A path as a launch configuration or the editor writes it; what is not on disk is a URI. */
const uriOf = (path: string): vscode.Uri =>
  /^[a-z][a-z0-9+.-]+:/i.test(path) ? vscode.Uri.parse(path) : vscode.Uri.file(path);

async function placeFor(server: Server, launch: LaunchArguments): Promise<Outcome<ExperimentPlace>> {
  const uri = uriOf(launch.program);
  // The server knows the texts that are open.
  await vscode.workspace.openTextDocument(uri);
  const { experiments } = await server.request(ElaborateRequest, { uri: uri.toString() });
  const experiment = launch.experiment ?? experiments.at(0);
  if (experiment !== undefined) return success({ uri: uri.toString(), experiment });
  return failure({
    code: 'debug.experiment',
    message: `${vscode.workspace.asRelativePath(uri)} declares no experiment.`,
  });
}

/** What the newest kept run of the experiment has learned: a recording that would learn the same takes it over. */
async function lastLearned(
  library: ResultLibrary,
  { uri, experiment }: ExperimentPlace,
  log: vscode.LogOutputChannel,
): Promise<Learned | undefined> {
  const kept = await library.list();
  const [last] = kept
    .filter((run) => run.uri === uri && run.experiment === experiment)
    .sort((a, b) => b.time - a.time);
  const opened = last && (await library.open(last.id));
  if (opened === undefined) return undefined;
  if (!opened.ok) {
    log.warn(`The last run of ${experiment} cannot be opened: ${opened.problems[0].message}`);
    return undefined;
  }
  opened.value.dispose();
  return opened.value.learned;
}

/** What the pointer is on: `c`, `c'` or `rnn.c`. */
function provideEvaluatableExpression(
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.EvaluatableExpression | undefined {
  const range = document.getWordRangeAtPosition(position, /[A-Za-z_]\w*(\.\w+)?'?/);
  return range && new vscode.EvaluatableExpression(range);
}

/** Behind each equation that is evaluated by now its values. */
function provideInlineValues(
  document: vscode.TextDocument,
  _visible: vscode.Range,
  { stoppedLocation }: vscode.InlineValueContext,
): vscode.InlineValue[] {
  const lines = document.getText().split('\n');
  return definedAbove(lines, stoppedLocation.start.line).map(
    ({ line, from, to, name }) =>
      new vscode.InlineValueEvaluatableExpression(new vscode.Range(line, from, line, to), name),
  );
}
