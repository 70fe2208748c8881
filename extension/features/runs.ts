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
import { emptyQueue, enqueue, finishRunning, type Queue, startNext } from '../simulation/queue.ts';
import { type OpenResult, simulate } from '../simulation/simulation.ts';
import type { Server } from './language.ts';

/** How a run ended. */
export interface RunEnd extends ExperimentPlace {
  readonly outcome: 'done' | 'failed' | 'cancelled';
  readonly problems: readonly Problem[];
}

export interface RunEvents {
  readonly onDidEndRun: vscode.Event<RunEnd>;
  readonly onDidProgress: vscode.Event<RunProgress>;
}

interface Parts {
  readonly server: Server;
  readonly library: ResultLibrary;
  readonly start: StartWorker;
  /** Shows a run that has just been kept. */
  show(run: KeptRun): Promise<void>;
  readonly log: vscode.LogOutputChannel;
}

/** The commands that run an experiment and cancel it. One experiment runs at a time; others wait in order. */
export function activateRuns(context: vscode.ExtensionContext, parts: Parts): RunEvents {
  const ended = new vscode.EventEmitter<RunEnd>();
  const progressed = new vscode.EventEmitter<RunProgress>();
  const runOne = experimentRunner(context, parts, progressed);
  let queue: Queue<ExperimentPlace> = emptyQueue;
  let cancellation = new AbortController();

  const advance = () => {
    const { running: before } = queue;
    queue = startNext(queue);
    const { running } = queue;
    void vscode.commands.executeCommand('setContext', 'memloom.running', running !== undefined);
    if (running === undefined || running === before) return;
    cancellation = new AbortController();
    void runOne(running.value, cancellation).then((end) => {
      queue = finishRunning(queue);
      ended.fire(end);
      advance();
    });
  };
  const request = async (uri?: unknown, experiment?: unknown) => {
    const place = placeOf(uri, experiment) ?? (await chooseExperiment(parts.server, uri));
    if (place === undefined) return;
    queue = enqueue(queue, { key: `${place.uri} ${place.experiment}`, value: place });
    advance();
  };
  const cancel = () => {
    queue = { ...queue, waiting: [] };
    cancellation.abort();
  };
  context.subscriptions.push(
    ended,
    progressed,
    { dispose: cancel },
    vscode.commands.registerCommand(runCommand, request),
    vscode.commands.registerCommand('memloom.cancel', cancel),
  );
  return { onDidEndRun: ended.event, onDidProgress: progressed.event };
}

/** Runs one experiment from its text to its results, and shows how it goes and why it fails; never rejects. */
function experimentRunner(
  context: vscode.ExtensionContext,
  { server, library, start, show, log }: Parts,
  progressed: vscode.EventEmitter<RunProgress>,
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
      const outcome = await runProgress(place.experiment, abort, async (report) => {
        const request = await prepareRun(context, server, place);
        if (!request.ok) return request;
        return simulate(start, request.value, abort.signal, (progress) => {
          progressed.fire(progress);
          report(progress);
        });
      });
      if (outcome === undefined) return { ...place, outcome: 'cancelled', problems: [] };
      if (!outcome.ok) return fail(place, outcome.problems);
      const run = describe(place, outcome.value, started);
      await show({ ...run, id: await library.keep(run, outcome.value) });
      return { ...place, outcome: 'done', problems: [] };
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
