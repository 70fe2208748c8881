import type { DebugProtocol } from '@vscode/debugprotocol';
import { breakableLines, setBreakpoint } from './breakpoints.ts';
import { textOf } from './format.ts';
import { type Inspection, inspect } from './inspect.ts';
import type { DebugHost, LaunchArguments } from './launch.ts';
import type { Reach } from './moves.ts';
import { Refusal } from './refusal.ts';
import { type Timeline, timelineOf } from './timeline.ts';
import { type Arrival, arriveFirst, type KnownBreakpoint, run, step } from './travel.ts';

/** The request of ours: to move by a phase or a time step, as the buttons of the editor do. */
export const moveRequest = 'memloom/move';
export interface MoveArguments {
  readonly reach: Reach;
  readonly direction: 1 | -1;
}

const capabilities: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsBreakpointLocationsRequest: true,
  supportsEvaluateForHovers: true,
  supportsStepBack: true,
  supportsExceptionInfoRequest: true,
  supportsTerminateRequest: true,
  supportsCompletionsRequest: true,
};

const threadId = 1;

type Arguments<Request extends DebugProtocol.Request> = NonNullable<Request['arguments']>;

/**
 * A debug adapter over a recorded inference. What moves is a position on its timeline, forwards and backwards alike; at
 * each stop the equation in the editor has just been evaluated. Speaks the debug adapter protocol and nothing else.
 */
export class DebugSession {
  private readonly abort = new AbortController();
  private readonly breakpoints = new Map<string, readonly KnownBreakpoint[]>();
  private timeline: Timeline | undefined;
  private position = 0;
  private inspection: Inspection | undefined;
  /** The client has said all that it has to say before the first stop. */
  private configured = () => {};
  private lastBreakpoint = 0;
  private sequence = 0;

  constructor(
    private readonly host: DebugHost,
    private readonly send: (message: DebugProtocol.ProtocolMessage) => void,
  ) {}

  /** Takes a message of the client. Resolves when it is answered; never rejects. */
  async handle(message: DebugProtocol.ProtocolMessage): Promise<void> {
    if (message.type !== 'request') return;
    const request = message as DebugProtocol.Request;
    try {
      this.respond(request, true, { body: await this.answer(request) });
      this.followUps[request.command]?.(request);
    } catch (error) {
      const format = error instanceof Error ? error.message : String(error);
      const showUser = error instanceof Refusal && error.showUser;
      this.respond(request, false, { message: format, body: { error: { id: 1, format, showUser } } });
    }
  }

  dispose(): void {
    this.abort.abort();
  }

  private answer({ command, arguments: given }: DebugProtocol.Request): unknown {
    switch (command) {
      case 'initialize':
        return capabilities;
      case 'launch':
        return this.launch(given);
      case 'setBreakpoints':
        return this.setBreakpoints(given);
      case 'breakpointLocations':
        return this.breakpointLocations(given);
      case 'threads':
        return { threads: [{ id: threadId, name: threadName(this.recorded()) }] };
      case 'stackTrace':
        return this.inspected().stackTrace(given);
      case 'scopes':
        return this.inspected().scopes(given);
      case 'variables':
        return this.inspected().variables(given);
      case 'evaluate':
        return this.inspected().evaluate(given);
      case 'completions':
        return this.inspected().completions(given);
      case 'exceptionInfo':
        return exceptionInfo(this.recorded());
      default:
        if (!Object.hasOwn(this.followUps, command))
          throw new Refusal(`The debugger of Memloom does not know "${command}".`);
        return undefined;
    }
  }

  /** Requests that are answered by nothing, and what they set going afterwards. */
  private readonly followUps: Readonly<Record<string, (request: DebugProtocol.Request) => void>> = {
    launch: ({ arguments: given }) => this.begin(given),
    configurationDone: () => this.configured(),
    setExceptionBreakpoints: () => {},
    continue: () => this.runOn(1),
    reverseContinue: () => this.runOn(-1),
    next: () => this.move('equation', 1),
    stepIn: () => this.move('equation', 1),
    stepOut: () => this.move('layer', 1),
    stepBack: () => this.move('equation', -1),
    [moveRequest]: ({ arguments: given }) => this.moveAsAsked(given),
    pause: () => this.arrive({ position: this.position, printed: [], stop: { reason: 'pause' } }),
    disconnect: () => this.end(),
    terminate: () => this.end(),
  };

  private begin({ stopOnEntry = true }: LaunchArguments): void {
    this.arrive(arriveFirst(this.recorded(), this.known(), stopOnEntry));
  }

  private moveAsAsked({ reach, direction }: MoveArguments): void {
    this.move(reach, direction);
  }

  private move(reach: Reach, direction: 1 | -1): void {
    this.arrive(step(this.recorded(), this.known(), this.position, reach, direction));
  }

  private runOn(direction: 1 | -1): void {
    this.arrive(run(this.recorded(), this.known(), this.position, direction));
  }

  private end(): void {
    this.abort.abort();
    this.event('terminated', {});
  }

  private async launch(given: LaunchArguments): Promise<undefined> {
    const progressId = 'record';
    this.event('progressStart', { progressId, title: 'Recording the inference', cancellable: false });
    const recorded = await this.host
      .record(given, this.abort.signal, ({ phase: message, fraction }) =>
        this.event('progressUpdate', { progressId, message, percentage: Math.floor(100 * fraction) }),
      )
      .finally(() => this.event('progressEnd', { progressId }));
    if (recorded === undefined) throw new Refusal('The recording was cancelled.');
    if (!recorded.ok) throw new Refusal(recorded.problems.map(textOf).join('\n'), true);
    const timeline = timelineOf(recorded.value);
    this.timeline = timeline;
    this.look(0);
    const { withoutPhases } = timeline.recording;
    if (withoutPhases) this.print(`The hardware has no phases. ${textOf(withoutPhases)}`);
    const configured = new Promise<void>((resolve) => {
      this.configured = resolve;
    });
    this.event('initialized', {});
    await configured;
    return undefined;
  }

  private arrive({ position, stop, printed }: Arrival): void {
    for (const text of printed) this.print(text);
    if (stop) this.look(position);
    if (stop) this.event('stopped', { threadId, allThreadsStopped: true, ...stop });
    else this.event('terminated', {});
  }

  private look(position: number): void {
    this.position = position;
    this.inspection = inspect(this.recorded(), position, this.host, this.host.pathOf);
  }

  private async setBreakpoints({
    source,
    breakpoints = [],
  }: Arguments<DebugProtocol.SetBreakpointsRequest>): Promise<DebugProtocol.SetBreakpointsResponse['body']> {
    const uri = this.host.uriOf(source.path ?? '');
    const known: KnownBreakpoint[] = [];
    const told: DebugProtocol.Breakpoint[] = [];
    for (const wanted of breakpoints) {
      const id = ++this.lastBreakpoint;
      const set = await setBreakpoint(this.recorded(), uri, { ...wanted, line: wanted.line - 1 }, this.host);
      if (set.ok) known.push({ id, set: set.value });
      told.push(
        set.ok
          ? { id, verified: true, line: set.value.line + 1 }
          : { id, verified: false, line: wanted.line, message: set.problems.map(textOf).join('\n') },
      );
    }
    this.breakpoints.set(uri, known);
    return { breakpoints: told };
  }

  private breakpointLocations({
    source,
    line,
    endLine = line,
  }: Arguments<DebugProtocol.BreakpointLocationsRequest>): DebugProtocol.BreakpointLocationsResponse['body'] {
    const lines = breakableLines(this.recorded(), this.host.uriOf(source.path ?? ''));
    const within = lines.map((at) => at + 1).filter((at) => line <= at && at <= endLine);
    return { breakpoints: within.map((at) => ({ line: at })) };
  }

  private known(): readonly KnownBreakpoint[] {
    return [...this.breakpoints.values()].flat();
  }

  private recorded(): Timeline {
    if (this.timeline === undefined) throw new Refusal('Nothing is recorded yet.');
    return this.timeline;
  }

  private inspected(): Inspection {
    if (this.inspection === undefined) throw new Refusal('Nothing is recorded yet.');
    return this.inspection;
  }

  private print(text: string): void {
    this.event('output', { category: 'console', output: `${text}\n` });
  }

  private event(event: string, body: object): void {
    const message: DebugProtocol.Event = { seq: ++this.sequence, type: 'event', event, body };
    this.send(message);
  }

  private respond({ seq, command }: DebugProtocol.Request, success: boolean, answer: object): void {
    const message: DebugProtocol.Response = {
      ...{ seq: ++this.sequence, type: 'response', request_seq: seq, command, success },
      ...answer,
    };
    this.send(message);
  }
}

function threadName({ experiment, recording: { run: name, sample, trial } }: Timeline): string {
  return `${experiment}: ${name}, sample ${sample}${name === 'ideal' ? '' : `, trial ${trial}`}`;
}

function exceptionInfo({ recording: { end } }: Timeline): DebugProtocol.ExceptionInfoResponse['body'] {
  if (end === undefined) throw new Refusal('Every value is a finite number.');
  return { exceptionId: 'Not a finite number', description: textOf(end.problem), breakMode: 'always' };
}
