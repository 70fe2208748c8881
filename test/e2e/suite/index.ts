// What VS Code's test host loads: runs all test files within the extension host.
import Mocha from 'mocha';
import './processes.ts';

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: 'spec', color: false });
  mocha.suite.emit('pre-require', globalThis, 'suite', mocha);
  // The order matters once: only the first file can see the extension inactive.
  await import('./activation.test.ts');
  await import('./editing.test.ts');
  await import('./running.test.ts');
  await import('./live.test.ts');
  await import('./debugging.test.ts');
  await import('./schematic.test.ts');
  await import('./faults.test.ts');
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} end-to-end tests failed`);
}
