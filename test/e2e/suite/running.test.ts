import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MemloomApi } from '../../../extension/main.ts';
import { eventually, extension, fileUri, next } from './workspace.ts';

describe('Running', () => {
  let api: MemloomApi;

  before(async () => {
    api = await extension().activate();
    // A run may begin only when its text is known to the server; a lens says so.
    await vscode.window.showTextDocument(fileUri('airline/airline.loom'));
    await vscode.workspace
      .getConfiguration('memloom.run')
      .update('trials', 2, vscode.ConfigurationTarget.Workspace);
  });

  after(() =>
    vscode.workspace
      .getConfiguration('memloom.run')
      .update('trials', undefined, vscode.ConfigurationTarget.Workspace),
  );

  it('cancels within 200 ms and shows no result', async () => {
    const ended = next(api.onDidEndRun);
    await clickLens('airline/airline.loom');
    const progress = await next(api.onDidProgress);
    assert.ok(progress.fraction >= 0 && progress.fraction < 1);
    const asked = Date.now();
    await vscode.commands.executeCommand('memloom.cancel');
    const end = await ended;
    assert.ok(Date.now() - asked < 200, `it took ${Date.now() - asked} ms`);
    assert.equal(end.outcome, 'cancelled');
    assert.equal(resultTabs().length, 0);
  });

  it('trains and simulates the airline example from its code lens, with rising progress, and draws its results', async () => {
    const fractions: number[] = [];
    const watching = api.onDidProgress(({ fraction }) => fractions.push(fraction));
    const ended = next(api.onDidEndRun);
    const drawn = next(api.onDidDrawResults, ({ plots }) => plots >= 3);
    await clickLens('airline/airline.loom');
    const { outcome, problems } = await ended;
    watching.dispose();
    assert.deepEqual({ outcome, problems }, { outcome: 'done', problems: [] });
    assert.ok(fractions.length > 2);
    assert.deepEqual(
      fractions,
      [...fractions].sort((a, b) => a - b),
    );
    const { experiment, rows } = await drawn;
    assert.equal(experiment, 'forecast');
    assert.ok(rows >= 2, `${rows} rows of metrics`);
    assert.deepEqual(resultTabs(), ['Results: forecast']);
  });

  it('keeps the run with its figures, and the experiment knows it', async () => {
    await api.catalogue.load();
    const place = { uri: fileUri('airline/airline.loom').toString(), experiment: 'forecast' };
    const known = await eventually('the experiment is listed', () => api.catalogue.find(place));
    assert.deepEqual(
      known.expectations.map(({ text }) => text),
      ['rmse.test < 70'],
    );
    const item = await eventually('the expectation is a test', () =>
      [...api.tests.items].map(([, one]) => one).find(({ id }) => id === `${place.uri} forecast`),
    );
    assert.deepEqual(
      [...item.children].map(([, child]) => child.label),
      ['rmse.test < 70'],
    );
  });

  it('runs one experiment at a time and keeps others waiting', async () => {
    const order: string[] = [];
    const watching = api.onDidEndRun(({ uri, outcome }) =>
      order.push(`${outcome} ${uri.replace(/^.*\//, '')}`),
    );
    const bothEnded = next(api.onDidEndRun, () => order.length === 2);
    await clickLens('airline/airline.loom');
    await clickLens('malformed/airline.loom');
    await bothEnded;
    watching.dispose();
    assert.deepEqual(order, ['done airline.loom', 'failed airline.loom']);
  });

  it('opens what an experiment plots by itself', async () => {
    const plotting = fileUri('airline/plotting.loom');
    const airline = await vscode.workspace.openTextDocument(fileUri('airline/airline.loom'));
    const text = airline
      .getText()
      .replace(/ \{ probe .*\}/, '\n  plot rnn.c')
      .replace('100 epochs', '2 epochs')
      .replace('experiment forecast', 'experiment plotted');
    await vscode.workspace.fs.writeFile(plotting, new TextEncoder().encode(text));
    // The ideal network's numbers have a lane, and the voltages of both kinds of hardware have one.
    const drawn = next(api.onDidDrawWaveforms, ({ revision }) => revision > 0);
    await clickLens('airline/plotting.loom');
    const { lanes, curves } = await drawn;
    assert.deepEqual({ lanes, curves }, { lanes: 2, curves: 12 });
    const opened = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
      tabs.filter(({ label }) => /plott/.test(label)),
    );
    assert.ok(opened.some(({ label }) => label === 'Waveforms: plotted'));
    await vscode.window.tabGroups.close(opened);
    await vscode.workspace.fs.delete(plotting);
  });

  it('says what is wrong with a malformed data file, where, and marks the place that names it', async () => {
    const ended = next(api.onDidEndRun);
    await clickLens('malformed/airline.loom');
    const { outcome, problems } = await ended;
    assert.equal(outcome, 'failed');
    assert.equal(problems[0].data?.file, fileUri('malformed/airline-passengers.csv').toString());
    assert.equal(problems[0].data?.line, 4);
    const uri = fileUri('malformed/airline.loom');
    const marked = await eventually('a diagnostic of the run', () => runErrors(uri).at(0));
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.getText(marked.range), /dataset passengers/);
    assert.match(marked.message, /airline-passengers\.csv/);
  });

  it('says which data file is missing', async () => {
    const ended = next(api.onDidEndRun);
    await clickLens('missing/airline.loom');
    const { outcome, problems } = await ended;
    assert.equal(outcome, 'failed');
    assert.match(problems[0].message, /airline-passengers\.csv/);
  });
});

async function clickLens(file: string): Promise<void> {
  const uri = fileUri(file);
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
  const lens = await eventually('a code lens', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
      10,
    );
    return lenses?.find(({ command }) => command?.command === 'memloom.run');
  });
  assert.ok(lens.command?.arguments);
  await vscode.commands.executeCommand(lens.command.command, ...lens.command.arguments);
}

const resultTabs = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs.map(({ label }) => label))
    .filter((label) => label.startsWith('Results'));

const runErrors = (uri: vscode.Uri) =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'memloom run');
