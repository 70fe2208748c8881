import { failure, type Outcome, type Problem, success } from '@memloom/sim-core';
import * as vscode from 'vscode';
import type { StartWorker } from '../simulation/handle.ts';
import { type OpenResult, type OpenRun, openResult, Refused } from '../simulation/simulation.ts';
import type { Ask } from '../waveforms/questions.ts';
import type { KeptRun } from './kept-run.ts';
import type { ResultStore } from './store.ts';

/** A kept result that a view uses; several views of one result share one worker. */
export type Lease = OpenRun;

/** The results of this workspace: kept on disk, and open in workers while views show them. */
export interface ResultLibrary {
  /** Keeps a result that just came out of its worker. */
  keep(run: Omit<KeptRun, 'id'>, result: OpenResult): Promise<KeptRun>;
  open(id: string): Promise<Outcome<Lease>>;
  list(): Promise<readonly KeptRun[]>;
  remove(id: string): Promise<void>;
  /** Fires when a result was kept or removed. */
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

interface Shared {
  opened: Promise<Outcome<OpenResult>>;
  leases: number;
}

export function resultLibrary(
  store: ResultStore,
  start: StartWorker,
  log: vscode.LogOutputChannel,
): ResultLibrary {
  const changed = new vscode.EventEmitter<void>();
  const open = new Map<string, Shared>();
  const load = async (id: string): Promise<Outcome<OpenResult>> => {
    const bytes = await store.load(id);
    return bytes === undefined ? failure(gone) : openResult(start, bytes);
  };
  const lease = async (id: string, shared: Shared): Promise<Outcome<Lease>> => {
    shared.leases++;
    const release = () => {
      if (--shared.leases > 0) return;
      open.delete(id);
      void shared.opened.then((outcome) => outcome.ok && outcome.value.dispose());
    };
    const outcome = await shared.opened;
    if (!outcome.ok) {
      release();
      return outcome;
    }
    const { summary, learned, series } = outcome.value;
    return success({ summary, learned, series, ask: reopening(id, shared), dispose: release });
  };
  /** Asks the worker; where that has ended, opens the kept result in another one and asks again. */
  const reopening =
    (id: string, shared: Shared): Ask =>
    async (kind, asked) => {
      const { opened } = shared;
      const outcome = await opened;
      if (!outcome.ok) throw new Error(outcome.problems[0].message);
      try {
        return await outcome.value.ask(kind, asked);
      } catch (error) {
        if (shared.leases === 0 || error instanceof Refused) throw error;
        log.warn(`${String(error)} It is opened again from what is kept.`);
        // Of several questions that fail together the first one opens the result for all.
        if (shared.opened === opened) shared.opened = load(id);
        const again = await shared.opened;
        if (!again.ok) throw new Error(again.problems[0].message);
        return again.value.ask(kind, asked);
      }
    };
  return {
    keep: async (run, result) => {
      const id = await store.save(run, result.bytes);
      open.set(id, { opened: Promise.resolve(success(result)), leases: 0 });
      changed.fire();
      return { ...run, id };
    },
    open: (id) => {
      const shared = open.get(id) ?? { opened: load(id), leases: 0 };
      open.set(id, shared);
      return lease(id, shared);
    },
    list: store.list,
    remove: async (id) => {
      await store.remove(id);
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => {
      changed.dispose();
      for (const { opened } of open.values())
        void opened.then((outcome) => outcome.ok && outcome.value.dispose());
      open.clear();
    },
  };
}

const gone: Problem = {
  code: 'results.gone',
  message: 'This result is no longer kept.',
  hint: 'Run the experiment again.',
};
