import { runCommand } from '@memloom/server/protocol';
import type { Problem, RunProgress } from '@memloom/sim-core';
import * as vscode from 'vscode';
import type { KeptRun } from '../results/kept-run.ts';
import type { ResultLibrary } from '../results/library.ts';
import { chooseExperiment, type ExperimentPlace, placeOf } from '../run/choose.ts';
import { prepareRun } from '../run/prepare.ts';
import { problemReporter } from '../run/problems.ts';
import { runProgress } from '../run/progress.ts';
import type { StartWorker } from '../simulation/handle.ts';
import { emptyQueue, enqueue, finishRunning, type Queue, startNext, withdraw } from '../simulation/queue.ts';
import { type OpenResult, simulate } from '../simulation/simulation.ts';
import type { Server } from './language.ts';

/** How a run ended. */
export interface RunEnd extends ExperimentPlace {
  readonly outcome: 'done' | 'failed' | 'cancelled';
  readonly problems: readonly Problem[];
  /** What was kept of a run that is done. */
  readonly run?: KeptRun;
}

export interface RunEvents {
  readonly onDidEndRun: vscode.Event<RunEnd>;
  readonly onDidProgress: vscode.Event<RunProgress & ExperimentPlace>;
}

export type Activity = 'idle' | 'waiting' | 'running';

/** Runs experiments. One runs at a time; others wait in order. */
export interface Runs extends RunEvents {
  /** Resolves when the run has ended, however it ended. */
  run(place: ExperimentPlace): Promise<RunEnd>;
  cancel(place: ExperimentPlace): void;
  activity(place: ExperimentPlace): Activity;
  readonly onDidChangeActivity: vscode.Event<void>;
}

interface Parts {
  readonly server: Server;
  readonly library: ResultLibrary;
  readonly start: StartWorker;
  readonly memory: number | undefined;
  /** Shows a run that has just been kept, and the signals that it plots. */
  show(run: KeptRun, plots: readonly string[]): Promise<void>;
  readonly log: vscode.LogOutputChannel;
}

const keyOf = ({ uri, experiment }: ExperimentPlace) => `${uri} ${experiment}`;

export function activateRuns(context: vscode.ExtensionContext, parts: Parts): Runs {
  const ended = new vscode.EventEmitter<RunEnd>();
  const progressed = new vscode.EventEmitter<RunProgress & ExperimentPlace>();
  const changed = new vscode.EventEmitter<void>();
  let queue: Queue<ExperimentPlace> = emptyQueue;
  let cancellation = new AbortController();
  const runOne = experimentRunner(context, parts, progressed, () => queue.waiting.length);

  const end = (outcome: RunEnd) => {
    ended.fire(outcome);
    changed.fire();
  };
  const advance = () => {
    const { running: before } = queue;
    queue = startNext(queue);
    const { running } = queue;
    void vscode.commands.executeCommand('setContext', 'memloom.running', running !== undefined);
    changed.fire();
    if (running === undefined || running === before) return;
    cancellation = new AbortController();
    void runOne(running.value, cancellation).then((outcome) => {
      queue = finishRunning(queue);
      end(outcome);
      advance();
    });
  };
  const run = (place: ExperimentPlace) => {
    const over = new Promise<RunEnd>((resolve) => {
      const watching = ended.event((outcome) => {
        if (keyOf(outcome) !== keyOf(place)) return;
        watching.dispose();
        resolve(outcome);
      });
    });
    queue = enqueue(queue, { key: keyOf(place), value: place });
    advance();
    return over;
  };
  const activity = (place: ExperimentPlace): Activity => {
    if (queue.running?.key === keyOf(place)) return 'running';
    return queue.waiting.some(({ key }) => key === keyOf(place)) ? 'waiting' : 'idle';
  };
  const cancel = (place: ExperimentPlace) => {
    const before = activity(place);
    queue = withdraw(queue, keyOf(place));
    if (before === 'running') cancellation.abort();
    if (before === 'waiting') end({ ...place, outcome: 'cancelled', problems: [] });
  };
  const cancelAll = () => {
    for (const { value } of queue.waiting) cancel(value);
    cancellation.abort();
  };
  const request = async (uri?: unknown, experiment?: unknown) => {
    const place = placeOf(uri, experiment) ?? (await chooseExperiment(parts.server, uri));
    if (place !== undefined) void run(place);
  };
  context.subscriptions.push(
    ended,
    progressed,
    changed,
    { dispose: cancelAll },
    vscode.commands.registerCommand(runCommand, request),
    vscode.commands.registerCommand('memloom.cancel', cancelAll),
  );
  return {
    run,
    cancel,
    activity,
    onDidEndRun: ended.event,
    onDidProgress: progressed.event,
    onDidChangeActivity: changed.event,
  };
}

/** Runs one experiment from its text to its results, and shows how it goes and why it fails; never rejects. */
function experimentRunner(
  context: vscode.ExtensionContext,
  { server, library, start, memory, show, log }: Parts,
  progressed: vscode.EventEmitter<RunProgress & ExperimentPlace>,
  waiting: () => number,
) {
  const reporter = problemReporter(context, log);
  const fail = (place: ExperimentPlace, problems: readonly Problem[]): RunEnd => {
    reporter.show(place, problems);
    return { ...place, outcome: 'failed', problems };
  };
  return async (place: ExperimentPlace, abort: AbortController): Promise<RunEnd> => {
    reporter.clear();
    const started = Date.now();
    try {
      const outcome = await runProgress(place.experiment, abort, waiting, async (report) => {
        const request = await prepareRun(context, server, place);
        if (!request.ok) return request;
        return simulate(start, { ...request.value, memory }, abort.signal, (progress) => {
          progressed.fire({ ...place, ...progress });
          report(progress);
        });
      });
      if (outcome === undefined) return { ...place, outcome: 'cancelled', problems: [] };
      if (!outcome.ok) return fail(place, outcome.problems);
      const run = await library.keep(describe(place, outcome.value, started), outcome.value);
      // What cannot be shown is kept all the same.
      await show(run, outcome.value.summary.plots).catch((error: unknown) =>
        log.error(`The results of ${place.experiment} are kept but not shown: ${String(error)}`),
      );
      return { ...place, outcome: 'done', problems: [], run };
    } catch (error) {
      log.error(error instanceof Error ? error : String(error));
      return fail(place, [
        { code: 'run.internal', message: `The run stopped with an internal error: ${String(error)}` },
      ]);
    }
  };
}

function describe(place: ExperimentPlace, { summary }: OpenResult, started: number): Omit<KeptRun, 'id'> {
  const { provenance, figures, units, expectations } = summary;
  const time = Date.now();
  return {
    ...place,
    time,
    duration: time - started,
    provenance,
    metrics: figures,
    metricUnits: units,
    expectations,
  };
}
