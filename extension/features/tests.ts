import type { ExpectationDesign, ExpectationResult, Origin } from '@memloom/sim-core';
import * as vscode from 'vscode';
import type { Experiment, ExperimentCatalogue } from '../experiments/catalogue.ts';
import type { ExperimentPlace } from '../run/choose.ts';
import type { RunEnd, Runs } from './runs.ts';

/** Every `expect` line of the workspace as a test: an experiment runs once for all of its own. */
export function activateTests(
  context: vscode.ExtensionContext,
  catalogue: ExperimentCatalogue,
  runs: Runs,
): vscode.TestController {
  const controller = vscode.tests.createTestController('memloom', 'Memloom expectations');
  const experiments = new WeakMap<vscode.TestItem, ExperimentPlace>();
  const refresh = () => {
    const groups = catalogue.all().filter(({ expectations }) => expectations.length > 0);
    controller.items.replace(groups.map((group) => experimentItem(controller, group, experiments)));
  };
  controller.resolveHandler = async (item) => {
    if (item === undefined) await catalogue.load().then(refresh);
  };
  controller.refreshHandler = async () => {
    await catalogue.load();
    refresh();
  };
  controller.createRunProfile(
    'Run',
    vscode.TestRunProfileKind.Run,
    (request, token) => runTests(controller, experiments, runs, request, token),
    true,
  );
  context.subscriptions.push(controller, catalogue.onDidChange(refresh));
  refresh();
  return controller;
}

function experimentItem(
  controller: vscode.TestController,
  { uri, experiment, origin, expectations }: Experiment,
  experiments: WeakMap<vscode.TestItem, ExperimentPlace>,
): vscode.TestItem {
  const file = vscode.Uri.parse(uri);
  const item = controller.createTestItem(`${uri} ${experiment}`, experiment, file);
  item.description = vscode.workspace.asRelativePath(file);
  item.range = rangeOf(origin);
  experiments.set(item, { uri, experiment });
  item.children.replace(
    expectations.map((expectation) => expectationItem(controller, item.id, file, expectation)),
  );
  return item;
}

function expectationItem(
  controller: vscode.TestController,
  parent: string,
  file: vscode.Uri,
  { text, origin }: ExpectationDesign,
): vscode.TestItem {
  const own = origin ? vscode.Uri.parse(origin.file) : file;
  const item = controller.createTestItem(`${parent} ${text}`, text, own);
  item.range = rangeOf(origin);
  return item;
}

const rangeOf = (origin: Origin | undefined) =>
  origin &&
  new vscode.Range(origin.start.line, origin.start.character, origin.end.line, origin.end.character);

async function runTests(
  controller: vscode.TestController,
  experiments: WeakMap<vscode.TestItem, ExperimentPlace>,
  runs: Runs,
  request: vscode.TestRunRequest,
  token: vscode.CancellationToken,
): Promise<void> {
  const run = controller.createTestRun(request);
  const chosen = request.include ?? [...controller.items].map(([, item]) => item);
  const groups = new Map<vscode.TestItem, vscode.TestItem[]>();
  for (const item of chosen) {
    const group = item.parent ?? item;
    const members = item.parent === undefined ? [...item.children].map(([, child]) => child) : [item];
    const wanted = members.filter((member) => !request.exclude?.includes(member));
    groups.set(group, [...(groups.get(group) ?? []), ...wanted]);
  }
  for (const items of groups.values()) for (const item of items) run.enqueued(item);
  for (const [group, items] of groups) {
    const place = experiments.get(group);
    if (place === undefined || token.isCancellationRequested) continue;
    for (const item of items) run.started(item);
    const cancelling = token.onCancellationRequested(() => runs.cancel(place));
    const end = await runs.run(place);
    cancelling.dispose();
    for (const item of items) judge(run, item, end);
    say(run, end);
  }
  run.end();
}

function judge(run: vscode.TestRun, item: vscode.TestItem, { outcome, problems, run: kept }: RunEnd): void {
  const expectation = kept?.expectations.find(({ text }) => text === item.label);
  if (outcome === 'cancelled') run.skipped(item);
  else if (expectation === undefined || kept === undefined) {
    const text = problems.map(({ message, hint }) => `${message} ${hint ?? ''}`).join('\n');
    run.errored(item, new vscode.TestMessage(text || 'The run did not judge this expectation.'));
  } else if (expectation.holds) run.passed(item, kept.duration);
  else run.failed(item, failureOf(item, expectation, kept.id), kept.duration);
}

function failureOf(
  item: vscode.TestItem,
  { text, value }: ExpectationResult,
  id: string,
): vscode.TestMessage {
  const command = `command:memloom.showKept?${encodeURIComponent(JSON.stringify([id]))}`;
  const markdown = new vscode.MarkdownString(
    `\`${text}\`: it is **${value}**. [Show the results](${command})`,
  );
  markdown.isTrusted = { enabledCommands: ['memloom.showKept'] };
  const message = new vscode.TestMessage(markdown);
  message.expectedOutput = text.replace(/^\S+\s*/, '');
  message.actualOutput = String(value);
  if (item.uri && item.range) message.location = new vscode.Location(item.uri, item.range);
  return message;
}

function say(run: vscode.TestRun, { experiment, outcome, problems, run: kept }: RunEnd): void {
  const lines = [
    `${experiment}: ${outcome}`,
    ...problems.map(({ code, message }) => `${code}: ${message}`),
    ...Object.entries(kept?.metrics ?? {}).map(([name, value]) => `  ${name} = ${value}`),
  ];
  // A terminal's lines end with both characters.
  run.appendOutput(`${lines.join('\r\n')}\r\n`);
}
