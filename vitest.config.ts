import { defineConfig } from 'vitest/config';

/** Each project generates what its tests need, and nothing else, before they run. */
function project(name: string, include: readonly string[], targets: readonly string[]) {
  return {
    extends: true as const,
    test: {
      name,
      include: include.map((folder) => `test/${folder}`),
      globalSetup: targets.map((target) => `test/setup/${target}.ts`),
    },
  };
}

export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      project('core', ['sim-core/**/*.test.ts', 'architecture.test.ts'], ['kernels']),
      project(
        'language',
        ['language/**/*.test.ts', 'server/**/*.test.ts', 'extension/**/*.test.ts'],
        ['parser', 'kernels'],
      ),
      project(
        'terminal',
        ['cli/**/*.test.ts', 'docs/**/*.test.ts', 'examples/**/*.test.ts', 'scripts/**/*.test.ts'],
        ['parser', 'kernels', 'cli'],
      ),
    ],
  },
});
