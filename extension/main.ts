import * as vscode from 'vscode';
import { type ExperimentCatalogue, experimentCatalogue } from './experiments/catalogue.ts';
import { activateArrays } from './features/arrays.ts';
import { activateBegin } from './features/begin.ts';
import { activateDebug } from './features/debug.ts';
import { activateExperiments } from './features/experiments.ts';
import { activateLanguage, type Server } from './features/language.ts';
import { activateLive } from './features/live.ts';
import { activateResults } from './features/results.ts';
import { activateRuns, type RunEvents } from './features/runs.ts';
import { activateSchematic } from './features/schematic.ts';
import { activateStandardLibrary } from './features/standard-library.ts';
import { activateStatus } from './features/status.ts';
import { activateTests } from './features/tests.ts';
import { activateValues } from './features/values.ts';
import { activateWaveforms } from './features/waveforms.ts';
import type { Platform } from './platform.ts';
import { resultLibrary } from './results/library.ts';
import { resultStore } from './results/store.ts';

/** What the extension offers to others, and to its tests. */
export interface MemloomApi extends RunEvents {
  readonly server: Server;
  /** Folder of the kept results. */
  readonly storage: vscode.Uri;
  readonly catalogue: ExperimentCatalogue;
  readonly tests: vscode.TestController;
  /** Fires with what the results view shows, each time after it has drawn it. */
  readonly onDidDrawResults: vscode.Event<{
    readonly experiment: string;
    readonly rows: number;
    readonly plots: number;
  }>;
  /** Fires each time after a map of an array was drawn. */
  readonly onDidDrawArrays: vscode.Event<{
    readonly rows: number;
    readonly columns: number;
    readonly script: number;
  }>;
  /** Fires each time after a schematic was drawn, with the ids of the boxes that the editor's cursor is in. */
  readonly onDidDrawSchematic: vscode.Event<{
    readonly boxes: number;
    readonly wires: number;
    readonly marked: readonly string[];
  }>;
  /** Fires with the values that now stand behind lines of texts. */
  readonly onDidShowValues: vscode.Event<readonly string[]>;
  /** Fires each time after a waveforms view has drawn, with the milliseconds of script that it took. */
  readonly onDidDrawWaveforms: vscode.Event<{
    readonly lanes: number;
    readonly curves: number;
    readonly script: number;
    readonly revision: number;
  }>;
}

/** Activates every feature on a platform; each is loaded with the extension, but for what takes long. */
export function activateOn(platform: Platform, context: vscode.ExtensionContext): MemloomApi {
  const log = vscode.window.createOutputChannel('Memloom', { log: true });
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand('memloom.showLog', () => log.show()),
  );
  const server = activateLanguage(context, platform, log);
  const { memory } = platform;
  const start = platform.simulation(context);
  const storage = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'results');
  const library = resultLibrary(resultStore(storage), start, log);
  activateStandardLibrary(context, server);
  const results = activateResults(context, library, log);
  const current = () => {
    const shown = results.current();
    return shown && { kind: 'result' as const, ...shown };
  };
  const waveforms = activateWaveforms(context, { library, start, log, current });
  activateLive(context, { server, start, memory, waveforms, log });
  const values = activateValues(context, { server, waveforms, log });
  const arrays = activateArrays(context, { library, log, current, reveal: values.reveal });
  const schematic = activateSchematic(context, { server, waveforms, log });
  const runs = activateRuns(context, {
    server,
    library,
    start,
    memory,
    log,
    show: async (run, plots) => {
      await results.show(run);
      await waveforms.update(run, plots.length > 0);
    },
  });
  activateDebug(context, { server, library, start, memory, log });
  activateBegin(context);
  platform.activateOwn(context);
  activateStatus(context, server, runs);
  const catalogue = experimentCatalogue(context, server);
  activateExperiments(context, { catalogue, library, runs, results });
  const tests = activateTests(context, catalogue, runs);
  context.subscriptions.push(library);
  void vscode.commands.executeCommand('setContext', 'memloom.active', true);
  return {
    ...runs,
    server,
    storage,
    catalogue,
    tests,
    onDidDrawArrays: arrays.onDidDraw,
    onDidDrawSchematic: schematic.onDidDraw,
    onDidShowValues: values.onDidShow,
    onDidDrawResults: results.onDidDraw,
    onDidDrawWaveforms: waveforms.onDidDraw,
  };
}
