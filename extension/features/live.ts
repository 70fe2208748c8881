import { designHash, failure, type RunRequest } from '@memloom/sim-core';
import * as vscode from 'vscode';
import type { ExperimentPlace } from '../run/choose.ts';
import { onlyWaveforms } from '../run/live-request.ts';
import { prepareRun } from '../run/prepare.ts';
import type { StartWorker } from '../simulation/handle.ts';
import type { Learned } from '../simulation/messages.ts';
import type { OpenRun } from '../simulation/simulation.ts';
import { takeTurns } from '../simulation/take-turns.ts';
import type { TextMark } from '../waveforms/view.ts';
import type { Server } from './language.ts';
import type { OwnRun, Waveforms } from './waveforms.ts';

/** Milliseconds without typing after which a text is simulated, and after one that took too long. */
const pause = { usual: 5, long: 1500 };
/** Milliseconds after which a view says that it waits. */
const patience = 150;

interface Parts {
  readonly server: Server;
  readonly start: StartWorker;
  /** Bytes that a simulation may take. */
  readonly memory: number | undefined;
  readonly waveforms: Waveforms;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Keeps the waveforms on the screen true to the text while it is edited: simulates their experiment again where that
 * is fast enough, and says that they are stale where it is not.
 */
export function activateLive(context: vscode.ExtensionContext, parts: Parts): void {
  const sessions = new Map<string, Session>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    const shown = new Map(parts.waveforms.shown().map((run) => [keyOf(run), run]));
    for (const [key, session] of sessions) if (!shown.has(key)) session.dispose();
    for (const key of [...sessions.keys()]) if (!shown.has(key)) sessions.delete(key);
    for (const [key, run] of shown) {
      const session = sessions.get(key) ?? liveSession(context, parts);
      sessions.set(key, session);
      void session
        .refresh(run)
        .catch((error: unknown) => parts.log.error(`Live simulation: ${String(error)}`));
    }
  };
  const refreshSoon = () => {
    clearTimeout(timer);
    const slow = [...sessions.values()].some((session) => session.isSlow());
    timer = setTimeout(refresh, slow ? pause.long : pause.usual);
  };
  context.subscriptions.push(
    parts.waveforms.onDidChangeShown(refresh),
    parts.server.onDidChangeState((state) => {
      if (state === 'running') refreshSoon();
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId === 'loom' && contentChanges.length > 0) refreshSoon();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('memloom.live')) refreshSoon();
    }),
    {
      dispose: () => {
        clearTimeout(timer);
        for (const session of sessions.values()) session.dispose();
      },
    },
  );
}

const keyOf = ({ uri, experiment }: ExperimentPlace) => `${uri} ${experiment}`;

/** One experiment that is shown, with workers kept warm for it. */
interface Session {
  /** Compares the text with what is shown and simulates where it differs; a later call ends an earlier one. */
  refresh(run: OwnRun): Promise<void>;
  /** Whether the last simulation took longer than is allowed. */
  isSlow(): boolean;
  dispose(): void;
}

function liveSession(
  context: vscode.ExtensionContext,
  { server, start, memory, waveforms, log }: Parts,
): Session {
  const workers = takeTurns(start);
  let turn = 0;
  let slow = false;
  let running = new AbortController();
  /** What is shown in place of the kept run. */
  let shown: OpenRun | undefined;
  let learned: Learned | undefined;

  const mark = (own: OwnRun, next: TextMark) => waveforms.showLive(own, next, shown);
  const refresh = async (own: OwnRun) => {
    const mine = ++turn;
    const { enabled, limit } = settingsFor(own);
    if (enabled) workers.warm();
    const request = await prepareRun(context, server, own).catch((error: unknown) => {
      log.error(`Live simulation: ${String(error)}`);
      return failure({ code: 'live.server', message: 'The language server does not answer.' });
    });
    if (mine !== turn) return;
    running.abort();
    if (!request.ok) return mark(own, { kind: 'stale', why: request.problems[0].message });
    if (designHash(request.value.design) === own.design) {
      shown = undefined;
      return mark(own, { kind: 'current' });
    }
    if (!enabled) return mark(own, { kind: 'stale', why: 'Run the experiment to see it as it stands.' });
    running = new AbortController();
    const from = { ...onlyWaveforms(request.value), memory, learned: learned ?? own.learned };
    await simulate(own, from, limit, running);
  };
  const simulate = async (own: OwnRun, request: RunRequest, limit: number, abort: AbortController) => {
    const started = performance.now();
    const waiting = setTimeout(() => mark(own, { kind: 'pending' }), patience);
    const ending = setTimeout(() => {
      slow = true;
      abort.abort();
      const why = `Simulating it takes more than ${limit / 1000} s: run the experiment to see it.`;
      mark(own, { kind: 'stale', why });
    }, limit);
    const outcome = await workers.run(request, abort.signal);
    clearTimeout(waiting);
    clearTimeout(ending);
    if (outcome === undefined) return;
    slow = false;
    if (!outcome.ok) return mark(own, { kind: 'stale', why: outcome.problems[0].message });
    shown = outcome.value;
    learned = outcome.value.learned;
    mark(own, { kind: 'live', milliseconds: performance.now() - started });
  };
  return {
    refresh,
    isSlow: () => slow,
    dispose: () => {
      turn++;
      running.abort();
      workers.dispose();
    },
  };
}

function settingsFor({ uri }: ExperimentPlace): { readonly enabled: boolean; readonly limit: number } {
  const settings = vscode.workspace.getConfiguration('memloom.live', vscode.Uri.parse(uri));
  return { enabled: settings.get('enabled', true), limit: 1000 * settings.get('limit', 2) };
}
