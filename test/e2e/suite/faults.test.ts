import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MemloomApi } from '../../../extension/main.ts';
import { processes, workers } from './processes.ts';
import { errorsOf, eventually, extension, fileUri, next, openText } from './workspace.ts';

/** What breaks is said, comes back, and takes no kept result with it. */
describe('Faults', () => {
  let api: MemloomApi;
  const airline = fileUri('airline/airline.loom');
  const run = (file: vscode.Uri, experiment = 'forecast') => {
    const ended = next(api.onDidEndRun);
    void vscode.commands.executeCommand('memloom.run', file.toString(), experiment);
    return ended;
  };
  const kept = async () =>
    (await vscode.workspace.fs.readDirectory(api.storage)).filter(([name]) => name.endsWith('.result'))
      .length;

  before(async () => {
    api = await extension().activate();
    await vscode.window.showTextDocument(airline, { viewColumn: vscode.ViewColumn.One });
  });

  it('a simulation worker that is killed in the middle of a run', async () => {
    const before = await kept();
    const ended = run(airline);
    await next(api.onDidProgress);
    await workers.at(-1)?.terminate();
    const { outcome, problems } = await ended;
    assert.equal(outcome, 'failed');
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['run.worker-ended'],
    );
    assert.equal(await kept(), before);
    assert.equal((await run(airline)).outcome, 'done');
    assert.equal(await kept(), before + 1);
  });

  it('a worker that is killed while its result is shown', async () => {
    const shown = next(api.onDidDrawWaveforms, ({ revision }) => revision > 0);
    await vscode.commands.executeCommand('memloom.showWaveforms');
    await shown;
    await Promise.all(workers.map((worker) => worker.terminate()));
    const drawn = next(api.onDidDrawWaveforms, ({ revision }) => revision > 0);
    await vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    await drawn;
  });

  it('a view that is reloaded while it is told of curves', async () => {
    void vscode.commands.executeCommand('memloom.showWaveforms');
    await vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    const drawn = next(api.onDidDrawWaveforms, ({ revision }) => revision > 0);
    await vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    await drawn;
  });

  it('a language server that is killed', async () => {
    const server = processes.findLast(({ exitCode }) => exitCode === null);
    const down = next(api.server.onDidChangeState, (state) => state !== 'running');
    const up = next(api.server.onDidChangeState, (state) => state === 'running');
    assert.ok(server?.kill('SIGKILL'));
    await down;
    await up;
    const editor = await openText('fresh.loom', 'device D = vteem(rOn = 1 kOhm)\n');
    await eventually('it checks as before', () => errorsOf(editor.document.uri).at(0));
    assert.equal((await run(airline)).outcome, 'done');
  });

  it('a folder of results that is deleted', async () => {
    await vscode.workspace.fs.delete(api.storage, { recursive: true });
    assert.equal((await run(airline)).outcome, 'done');
    assert.equal(await kept(), 1);
    const drawn = next(api.onDidDrawWaveforms, ({ curves }) => curves > 0);
    await vscode.commands.executeCommand('memloom.showWaveforms');
    await drawn;
  });

  it('a request for traces that no memory holds', async () => {
    const before = await kept();
    await openText('huge.loom', huge);
    const { outcome, problems } = await run(fileUri('huge.loom'), 'much');
    assert.equal(outcome, 'failed');
    assert.equal(problems[0].code, 'run.too-large');
    assert.match(problems[0].message, /needs [\d.]+ GiB of memory/);
    assert.match(problems[0].hint ?? '', /fewer probes/);
    assert.equal(await kept(), before);
    assert.equal((await run(airline)).outcome, 'done');
  });
});

/** Six signals of 256 units over thousands of time steps, batch by batch. */
const huge = `
import std.cells
import std.cmos180

device HfO2 = vteam(rOn = 10 kOhm, rOff = 1 MOhm, vOn = -1.1 V, vOff = 0.9 V) {
  levels = 128
  programming = gaussian(2 %)
  readNoise = gaussian(1 %)
  stuckOn = 0.1 %
  stuckOff = 0.1 %
}

crossbar Gates {
  device = HfO2
  readout = current
  pairs = columns
  vRead = 0.1 V
}

hardware Analog180 {
  vmm on Gates
  readout on Tia
  sigmoid on Sigmoid
  tanh on Tanh
  product on Multiplier
  sum on SummingAmp
  state on SampleHold
  scale = 0.1 V
}
network Wide(x: [1]) -> y: [2] {
  rnn = Np(x, units = 256)
  end = last(rnn)
  score = dense(end, units = 2)
  y = softmax(score)
}

dataset traces generate wafer(train = 256, test = 256, length = 4000, abnormal = 10 %, seed = 1)

experiment much {
  network Wide
  data traces
  train adam(rate = 1e-2) for 1 epochs { batch = 1 loss = crossEntropy }
  seed 7
  infer on Analog180 trials 1 { probe rnn.i, rnn.f, rnn.z, rnn.o, rnn.c, rnn.h }
}
`;
