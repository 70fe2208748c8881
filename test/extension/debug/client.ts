import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createLoomServices, readCondition, readWatched } from '@memloom/language';
import { type Design, failure, type Recording, record, requiredFiles, success } from '@memloom/sim-core';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { EmptyFileSystem } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { DebugHost, LaunchArguments } from '../../../extension/debug/launch.ts';
import { DebugSession } from '../../../extension/debug/session.ts';
import { openNodeProject } from '../../../language/node.ts';

/** What a client of the adapter sees, as an editor would: requests with their answers, and events. */
export interface Client {
  readonly host: DebugHost;
  request<Answer = DebugProtocol.Response>(command: string, given?: object): Promise<Answer>;
  /** Answered by an error; its message. */
  refused(command: string, given?: object): Promise<string>;
  /** Sends a request that moves and gives what comes of it: why it stopped, and on which equation and time step. */
  move(command: string, given?: object): Promise<Stop>;
  readonly events: DebugProtocol.Event[];
  /** Starts the session: breakpoints by line of the text, from 1; the first stop. */
  start(
    launch?: Partial<LaunchArguments>,
    breakpoints?: readonly DebugProtocol.SourceBreakpoint[],
    file?: string,
  ): Promise<Stop & { readonly breakpoints: readonly DebugProtocol.Breakpoint[] }>;
  evaluate(expression: string, frameId?: number): Promise<string>;
}

export interface Stop {
  readonly reason: string;
  readonly description?: string;
  readonly text?: string;
  readonly hit?: readonly number[];
  /** Names of the frames, the innermost first. */
  readonly frames: readonly string[];
  readonly lines: readonly number[];
}

/** A session over the text of a file, recorded by the engine itself, whose expressions the language itself reads. */
export async function clientFor(program: string): Promise<Client> {
  const project = await openNodeProject();
  const elaborated = await project.elaborateFile(pathToFileURL(program).toString());
  if (!elaborated.ok) throw new Error(elaborated.problems.map(({ message }) => message).join('\n'));
  const design = elaborated.value;
  const { shared } = createLoomServices({ ...EmptyFileSystem, libraryRoot: undefined });
  await shared.workspace.WorkspaceManager.initializeWorkspace([]);
  return speak(hostFor(design, shared), program);
}

/** What training gives the experiment of a file. */
export async function weightsOf(program: string): Promise<Recording['weights']> {
  const { host } = await clientFor(program);
  const recorded = await host.record({ program }, new AbortController().signal, () => {});
  if (!recorded?.ok) throw new Error('Nothing was recorded.');
  return recorded.value.recording.weights;
}

function hostFor(design: Design, shared: LangiumSharedServices): DebugHost {
  return {
    record: async (launch) => {
      const experiment = launch.experiment ?? design.experiments[0].name;
      const wanted = design.experiments.find(({ name }) => name === experiment);
      if (wanted === undefined) return failure({ code: 'debug.experiment', message: `No ${experiment}.` });
      const names = requiredFiles(design, wanted).map(({ name }) => name);
      const files = Object.fromEntries(names.map((name) => [name, readFileSync(fileURLToPath(name))]));
      const { fidelity, sample = 0, trial = 0 } = launch;
      const hardware = fidelity === 'ideal' ? undefined : (fidelity ?? wanted.infer?.hardware[0]);
      const recording = record({ design, experiment, files, version: '0', hardware, sample, trial });
      return recording.ok ? success({ design, experiment, recording: recording.value }) : recording;
    },
    watch: (expression, signals) => readWatched(expression, signals, shared),
    condition: (expression, signals) => readCondition(expression, signals, shared),
    uriOf: (path) => (path.includes(':') ? path : pathToFileURL(path).toString()),
    pathOf: (source) => (source.startsWith('file:') ? fileURLToPath(source) : source),
  };
}

function speak(host: DebugHost, program: string): Client {
  const events: DebugProtocol.Event[] = [];
  const waiting = new Map<number, (response: DebugProtocol.Response) => void>();
  const listeners: ((event: DebugProtocol.Event) => void)[] = [];
  const session = new DebugSession(host, (message) => {
    if (message.type === 'response') {
      const response = message as DebugProtocol.Response;
      waiting.get(response.request_seq)?.(response);
    } else {
      const event = message as DebugProtocol.Event;
      events.push(event);
      for (const listener of listeners) listener(event);
    }
  });
  let sequence = 0;
  const ask = (command: string, given: object = {}): Promise<DebugProtocol.Response> => {
    const seq = ++sequence;
    const answered = new Promise<DebugProtocol.Response>((resolve) => waiting.set(seq, resolve));
    const request: DebugProtocol.Request = { seq, type: 'request', command, arguments: given };
    void session.handle(request);
    return answered;
  };
  const request = async <Answer>(command: string, given?: object): Promise<Answer> => {
    const response = await ask(command, given);
    if (!response.success) throw new Error(response.message);
    return response.body as Answer;
  };
  const nextEvent = (...kinds: readonly string[]) =>
    new Promise<DebugProtocol.Event>((resolve) => {
      const listener = (event: DebugProtocol.Event) => {
        if (!kinds.includes(event.event)) return;
        listeners.splice(listeners.indexOf(listener), 1);
        resolve(event);
      };
      listeners.push(listener);
    });
  const stopOf = async ({ event, body }: DebugProtocol.Event): Promise<Stop> => {
    if (event === 'terminated') return { reason: 'terminated', frames: [], lines: [] };
    const { stackFrames } = await request<DebugProtocol.StackTraceResponse['body']>('stackTrace', {
      threadId: 1,
    });
    return {
      ...{ reason: body.reason, description: body.description, text: body.text, hit: body.hitBreakpointIds },
      frames: stackFrames.map(({ name }) => name),
      lines: stackFrames.map(({ line }) => line),
    };
  };
  const move = async (command: string, given?: object): Promise<Stop> => {
    const event = nextEvent('stopped', 'terminated');
    await request(command, given);
    return stopOf(await event);
  };
  return {
    host,
    events,
    request,
    move,
    refused: async (command, given) => {
      const { success: answered, message = '' } = await ask(command, given);
      if (answered) throw new Error(`${command} was answered.`);
      return message;
    },
    start: async (launch = {}, breakpoints = [], file = program) => {
      await request('initialize', { adapterID: 'memloom' });
      const initialized = nextEvent('initialized');
      const stopped = nextEvent('stopped', 'terminated');
      const launched = request('launch', { program, ...launch });
      await Promise.race([initialized, launched]);
      const { breakpoints: set } = await request<DebugProtocol.SetBreakpointsResponse['body']>(
        'setBreakpoints',
        {
          source: { path: file },
          breakpoints,
        },
      );
      await request('configurationDone');
      await launched;
      return { ...(await stopOf(await stopped)), breakpoints: set };
    },
    evaluate: async (expression, frameId) =>
      (await request<DebugProtocol.EvaluateResponse['body']>('evaluate', { expression, frameId })).result,
  };
}
