import * as vscode from 'vscode';
import type { Experiment, ExperimentCatalogue } from '../experiments/catalogue.ts';
import { durationText, type ExperimentStatus, headline, isStale, statusOf } from '../experiments/status.ts';
import type { KeptRun } from '../results/kept-run.ts';
import type { ResultLibrary } from '../results/library.ts';
import { samePlace } from '../results/store.ts';
import type { ExperimentPlace } from '../run/choose.ts';
import type { Results } from './results.ts';
import type { Runs } from './runs.ts';

type Node =
  | { readonly kind: 'experiment'; readonly experiment: Experiment }
  | { readonly kind: 'run'; readonly run: KeptRun; readonly stale: boolean };

interface Parts {
  readonly catalogue: ExperimentCatalogue;
  readonly library: ResultLibrary;
  readonly runs: Runs;
  readonly results: Results;
}

/** The side bar: every experiment of the workspace with its state, and under each the runs that are kept. */
export function activateExperiments(context: vscode.ExtensionContext, parts: Parts): void {
  const { catalogue, library, runs, results } = parts;
  const changed = new vscode.EventEmitter<undefined>();
  let kept: readonly KeptRun[] = [];
  let percent = new Map<string, number>();

  const refresh = async () => {
    kept = await library.list();
    for (const experiment of catalogue.all()) {
      const last = lastOf(experiment);
      results.markStale(experiment, last !== undefined && isStale(experiment.design, last));
    }
    changed.fire(undefined);
  };
  const lastOf = (place: ExperimentPlace) => kept.find((run) => samePlace(run, place));
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => {
      if (node?.kind === 'run') return [];
      if (node?.kind === 'experiment') {
        const { experiment } = node;
        return kept
          .filter((run) => samePlace(run, experiment))
          .map((run) => ({ kind: 'run', run, stale: isStale(experiment.design, run) }));
      }
      await catalogue.load();
      kept = await library.list();
      return catalogue.all().map((experiment) => ({ kind: 'experiment', experiment }));
    },
    getTreeItem: (node) =>
      node.kind === 'run'
        ? runItem(node.run, node.stale)
        : experimentItem(
            node.experiment,
            statusOf(node.experiment, runs.activity(node.experiment), lastOf(node.experiment)),
            lastOf(node.experiment),
            percent.get(node.experiment.experiment),
          ),
  };
  const view = vscode.window.createTreeView('memloom.experiments', {
    treeDataProvider: provider,
    canSelectMany: false,
  });
  context.subscriptions.push(
    changed,
    view,
    catalogue.onDidChange(() => void refresh()),
    library.onDidChange(() => void refresh()),
    runs.onDidChangeActivity(() => {
      percent = new Map();
      changed.fire(undefined);
    }),
    runs.onDidEndRun((end) => {
      if (end.outcome !== 'done') results.stopped(end);
    }),
    runs.onDidProgress((progress) => {
      const { experiment, fraction } = progress;
      results.progress(progress, progress);
      const now = Math.floor(100 * fraction);
      if (percent.get(experiment) === now) return;
      percent.set(experiment, now);
      changed.fire(undefined);
    }),
    vscode.commands.registerCommand('memloom.experiment.run', (node: Node) =>
      node.kind === 'experiment' ? runs.run(node.experiment) : undefined,
    ),
    vscode.commands.registerCommand('memloom.experiment.cancel', (node: Node) =>
      node.kind === 'experiment' ? runs.cancel(node.experiment) : undefined,
    ),
    vscode.commands.registerCommand('memloom.experiment.open', (node: Node) =>
      node.kind === 'experiment' ? openText(node.experiment) : undefined,
    ),
    vscode.commands.registerCommand('memloom.run.open', (node: Node) =>
      node.kind === 'run' ? results.show(node.run) : undefined,
    ),
    vscode.commands.registerCommand('memloom.run.waveforms', (node: Node) =>
      node.kind === 'run' ? vscode.commands.executeCommand('memloom.showWaveforms', node.run) : undefined,
    ),
    vscode.commands.registerCommand('memloom.run.delete', (node: Node) =>
      node.kind === 'run' ? library.remove(node.run.id) : undefined,
    ),
  );
}

const icons: Readonly<Record<ExperimentStatus, readonly [string, string?]>> = {
  never: ['circle-large-outline'],
  waiting: ['clock'],
  running: ['sync~spin'],
  holds: ['pass', 'testing.iconPassed'],
  fails: ['error', 'testing.iconFailed'],
  stale: ['history', 'testing.iconQueued'],
};

const words: Readonly<Record<ExperimentStatus, string>> = {
  never: 'not run yet',
  waiting: 'waits for another run',
  running: 'running',
  holds: 'all expectations hold',
  fails: 'an expectation fails',
  stale: 'stale: the text has changed since the last run',
};

function iconOf(status: ExperimentStatus): vscode.ThemeIcon {
  const [name, colour] = icons[status];
  return new vscode.ThemeIcon(name, colour === undefined ? undefined : new vscode.ThemeColor(colour));
}

function experimentItem(
  { uri, experiment }: Experiment,
  status: ExperimentStatus,
  last: KeptRun | undefined,
  percent: number | undefined,
): vscode.TreeItem {
  const state = last ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
  const item = new vscode.TreeItem(experiment, state);
  const file = vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
  const progress = status === 'running' && percent !== undefined ? ` ${percent} %` : '';
  item.id = `${uri} ${experiment}`;
  item.iconPath = iconOf(status);
  item.description = [last && headline(last), status === 'stale' ? 'stale' : progress.trim(), file]
    .filter(Boolean)
    .join(' · ');
  item.tooltip = `${experiment} in ${file}: ${words[status]}${progress}`;
  item.accessibilityInformation = { label: item.tooltip };
  item.contextValue = status === 'running' || status === 'waiting' ? 'experiment.active' : 'experiment';
  item.command = {
    title: 'Open',
    command: 'memloom.experiment.open',
    arguments: [{ kind: 'experiment', experiment: { uri, experiment } }],
  };
  return item;
}

function runItem(run: KeptRun, stale: boolean): vscode.TreeItem {
  const { id, time, duration, provenance, expectations } = run;
  const item = new vscode.TreeItem(new Date(time).toLocaleString());
  const failed = expectations.filter(({ holds }) => !holds);
  item.id = id;
  item.iconPath = iconOf(failed.length > 0 ? 'fails' : 'holds');
  item.description = [`seed ${provenance.seed}`, headline(run), ...(stale ? ['stale'] : [])].join(' · ');
  item.tooltip = [
    `${headline(run)}`,
    `seed ${provenance.seed}, ${durationText(duration)}, Memloom ${provenance.version}`,
    ...failed.map(({ text, value }) => `fails: ${text} (is ${value})`),
    ...(stale ? ['The text has changed since.'] : []),
  ].join('\n');
  item.contextValue = 'run';
  item.command = { title: 'Show', command: 'memloom.run.open', arguments: [{ kind: 'run', run, stale }] };
  return item;
}

async function openText({ uri, experiment }: ExperimentPlace): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const at = document.getText().search(new RegExp(`\\bexperiment\\s+${experiment}\\b`));
  const position = document.positionAt(Math.max(0, at));
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
}
