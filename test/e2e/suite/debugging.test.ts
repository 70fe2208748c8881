import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, extension, fileUri } from './workspace.ts';

describe('Debugging', () => {
  const uri = fileUri('strict/airline.loom');

  before(async () => {
    await extension().activate();
    await vscode.window.showTextDocument(uri);
  });

  after(async () => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.debug.stopDebugging();
  });

  it('starts from the code lens of an experiment and stands on its first equation, in the library that has it', async () => {
    const lens = await eventually('a code lens', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        uri,
        20,
      );
      return lenses?.find(({ command }) => command?.command === 'memloom.debug');
    });
    assert.ok(lens.command?.arguments);
    await vscode.commands.executeCommand(lens.command.command, ...lens.command.arguments);
    const [equation, ...above] = await frames('rnn.i');
    assert.match(equation.source, /cells\.loom$/);
    assert.deepEqual(
      above.map(({ name }) => name.replace(/^phase \d+ of \d+: .*/, 'phase')),
      ['cell Np', 'layer rnn', 'phase', 'network Forecast, time step 1 of 3'],
    );
    assert.match(above.at(-1)?.source ?? '', /strict\/airline\.loom$/);
    assert.match((await evaluate('i')).result, /^\[[\d.]+ mV, .*\]$/);
  });

  it('steps forwards, and back to where it was with the values that were there', async () => {
    const before = await evaluate('rnn.i');
    await vscode.commands.executeCommand('workbench.action.debug.stepOver');
    await frames('rnn.f');
    await vscode.commands.executeCommand('workbench.action.debug.stepBack');
    await frames('rnn.i');
    assert.equal((await evaluate('rnn.i')).result, before.result);
  });

  it('runs to a breakpoint whose condition is in volts, and says what is wrong with another', async () => {
    const source = await sourceOf('rnn.i');
    const line = await lineOf(source, "c' = f * c");
    const at = (place: vscode.Uri, number: number, condition: string) =>
      new vscode.SourceBreakpoint(
        new vscode.Location(place, new vscode.Position(number, 0)),
        true,
        condition,
      );
    const right = at(source, line, 'rnn.c[0] != 0 V && rnn.c > -10 V');
    const wrong = at(uri, await lineOf(uri, 'rnn = Np'), 'rnn.c > 0.4');
    vscode.debug.addBreakpoints([right, wrong]);
    assert.equal((await told(right, ({ verified }) => verified)).verified, true);
    const { message } = await told(wrong, (one) => one.message !== undefined);
    assert.match(message ?? '', /comparison.* V .*plain number/);
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await frames("rnn.c'");
    assert.match((await evaluate('rnn.c[0]')).result, /^-?[\d.]+ [mµn]?V$/);
  });

  it('goes back to the beginning, and ends when it is told to', async () => {
    await vscode.commands.executeCommand('workbench.action.debug.reverseContinue');
    await frames('rnn.i');
    const ended = new Promise<void>((resolve) => {
      const watching = vscode.debug.onDidTerminateDebugSession(() => {
        watching.dispose();
        resolve();
      });
    });
    await vscode.commands.executeCommand('workbench.action.debug.stop');
    await ended;
  });
});

function session(): vscode.DebugSession {
  const active = vscode.debug.activeDebugSession;
  assert.ok(active, 'Nothing is being debugged.');
  return active;
}

interface Told {
  readonly verified: boolean;
  readonly message?: string;
}

/** What the session says of a breakpoint. */
const told = (breakpoint: vscode.Breakpoint, fits: (told: Told) => boolean): Promise<Told> =>
  eventually('the session says something about the breakpoint', async () => {
    const found = (await session().getDebugProtocolBreakpoint(breakpoint)) as Told | undefined;
    return found && fits(found) ? found : undefined;
  });

interface Frame {
  readonly name: string;
  readonly source: string;
}

/** The stack, once the session stands on an equation. */
async function frames(equation: string): Promise<readonly Frame[]> {
  return eventually(`the session stands on ${equation}`, async () => {
    const { stackFrames } = (await vscode.debug.activeDebugSession
      ?.customRequest('stackTrace', { threadId: 1 })
      .then(undefined, () => undefined)) ?? { stackFrames: [] };
    const found: Frame[] = stackFrames.map(
      ({ name, source }: { name: string; source?: { path: string } }) => ({
        name,
        source: source?.path ?? '',
      }),
    );
    return found[0]?.name === equation ? found : undefined;
  });
}

const evaluate = (expression: string): Promise<{ readonly result: string }> =>
  Promise.resolve(session().customRequest('evaluate', { expression, frameId: 1, context: 'watch' }));

async function sourceOf(equation: string): Promise<vscode.Uri> {
  const [{ source }] = await frames(equation);
  // In a browser's workbench a file of the extension host is remote.
  const uri = vscode.Uri.parse(source);
  return uri.scheme === 'vscode-remote' ? vscode.Uri.file(uri.path) : uri;
}

async function lineOf(uri: vscode.Uri, text: string): Promise<number> {
  const document = await vscode.workspace.openTextDocument(uri);
  const line = document
    .getText()
    .split('\n')
    .findIndex((each) => each.includes(text));
  assert.ok(line >= 0, `${text} is written in ${uri}`);
  return line;
}
