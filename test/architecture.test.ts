import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each folder may import of the others: one direction. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'sim-core': [],
  language: ['sim-core'],
  server: ['language', 'sim-core'],
  extension: ['server', 'sim-core'],
  cli: ['language', 'server', 'sim-core'],
};

const notSources = new Set([
  'node_modules',
  '.git',
  '.cache',
  'dist',
  'generated',
  'out',
  'coverage',
  'memloom-results',
]);

/** All files of the project that are not installed, built or results. */
const files = filesBelow('');

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !notSources.has(name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const sourcesOf = (folder: string): readonly string[] =>
  files.filter((file) => file.startsWith(`${folder}/`) && /\.(ts|mts|js|mjs)$/.test(file));

/** Comments and the contents of string literals say nothing about what code does. */
const codeOf = (source: string): string =>
  source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$|\s\/\/ .*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");

/** The modules that a source imports, statically or not. */
function importsOf(source: string): readonly string[] {
  const withoutComments = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const pattern = /\bfrom\s+['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g;
  return [...withoutComments.matchAll(pattern)].map((match) => match[1] ?? match[2]);
}

/** The folder of ours that an import leads to; undefined for a dependency. */
function folderOf(file: string, imported: string): string | undefined {
  const ours = /^@memloom\/([^/]+)/.exec(imported);
  if (ours) return ours[1];
  if (!imported.startsWith('.')) return undefined;
  return normalize(join(dirname(file), imported)).split('/')[0];
}

describe('imports', () => {
  it.each(Object.keys(mayImport))('of %s run one way', (folder) => {
    const wrong = sourcesOf(folder).flatMap((file) =>
      importsOf(text(file))
        .filter((imported) => {
          const target = folderOf(file, imported);
          return target !== undefined && target !== folder && !mayImport[folder].includes(target);
        })
        .map((imported) => `${file} imports ${imported}`),
    );
    expect(wrong).toEqual([]);
  });

  it('of the extension take only the protocol of the server, which its own process runs', () => {
    const wrong = sourcesOf('extension').flatMap((file) =>
      importsOf(text(file))
        .filter((imported) => /^@memloom\/server(?!\/protocol$)/.test(imported))
        .map((imported) => `${file} imports ${imported}`),
    );
    expect(wrong.filter((line) => !/extension\/(server|language-server)[^/]*\.ts /.test(line))).toEqual([]);
  });

  it('of the type system know no parser, no document and no editor', () => {
    const wrong = sourcesOf('language/types').flatMap((file) =>
      importsOf(text(file))
        .filter((imported) => !imported.startsWith('.') && imported !== '@memloom/sim-core')
        .map((imported) => `${file} imports ${imported}`),
    );
    expect(sourcesOf('language/types').length).toBeGreaterThan(5);
    expect(wrong).toEqual([]);
  });

  it('are seen by this test in every form', () => {
    const source = "import a from './a.ts';\nimport './b.ts';\nexport * from '../c.ts';\nawait import('d');";
    expect(importsOf(source)).toEqual(['./a.ts', './b.ts', '../c.ts', 'd']);
  });
});

describe('the core', () => {
  const core = sourcesOf('sim-core').filter((file) => file.endsWith('.ts') && !file.includes('/wasm/'));

  it('imports nothing but itself and its declared dependencies', () => {
    const declared = Object.keys(JSON.parse(text('sim-core/package.json')).dependencies);
    const wrong = core.flatMap((file) =>
      importsOf(text(file))
        .filter(
          (imported) => !imported.startsWith('.') && !declared.some((name) => imported.startsWith(name)),
        )
        .map((imported) => `${file} imports ${imported}`),
    );
    expect(wrong).toEqual([]);
  });

  const impure =
    /\b(?:Date|performance|process|Buffer|setTimeout|setInterval|fetch|require)\s*[.(]|\b(?:document|window|navigator|globalThis)\.|\bMath\.random\b/;

  it('has no clock, no chance and no host', () => {
    const wrong = core.flatMap((file) =>
      codeOf(text(file))
        .split('\n')
        .filter((line) => impure.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(wrong).toEqual([]);
  });

  // A power of the literal 2 is exact.
  it('takes no function whose last bits differ between engines', () => {
    const inexact =
      /\bMath\.(?:exp|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot)\b|(?<!\b2 )\*\*/;
    const wrong = core.flatMap((file) =>
      codeOf(text(file))
        .split('\n')
        .filter((line) => inexact.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('packages', () => {
  const manifests = files.filter((file) => /(^|\/)package\.json$/.test(file) && !file.startsWith('test/'));

  it('name exact versions only', () => {
    const loose = manifests.flatMap((file) => {
      const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = JSON.parse(text(file));
      return Object.entries<string>({ ...dependencies, ...devDependencies, ...optionalDependencies })
        .filter(([, version]) => !/^(npm:[\w./-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        .map(([name, version]) => `${file}: ${name} ${version}`);
    });
    expect(loose).toEqual([]);
  });

  it('bring one copy of the language server protocol', () => {
    const { packages } = JSON.parse(text('package-lock.json'));
    const copies = Object.keys(packages).filter((path) =>
      path.endsWith('node_modules/vscode-languageserver-protocol'),
    );
    expect(copies).toEqual(['node_modules/vscode-languageserver-protocol']);
  });

  it('are all given a reason in CONTRIBUTING.md', () => {
    const reasons = text('CONTRIBUTING.md');
    const missing = manifests.flatMap((file) => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(text(file));
      return Object.keys({ ...dependencies, ...devDependencies }).filter(
        (name) => !name.startsWith('@memloom/') && !reasons.includes(`\`${name}\``),
      );
    });
    expect([...new Set(missing)]).toEqual([]);
  });
});

describe('the repository', () => {
  it('holds no path of a machine and no registry host', () => {
    const places = [root.replace(/\/$/, ''), homedir()].filter((place) => place.length > 4);
    const pattern = /(?<![\w.])\/(?:home|Users|root)\/\w+|registry\.npmjs\.org|registry\.yarnpkg/;
    const wrong = files
      .filter(
        (file) =>
          !/\.(csv|png|wasm|ico|vsix|safetensors|svg)$/.test(file) && file !== 'test/architecture.test.ts',
      )
      .filter((file) => pattern.test(text(file)) || places.some((place) => text(file).includes(place)));
    expect(wrong).toEqual([]);
  });

  it('has a line for each folder in ARCHITECTURE.md', () => {
    const described = text('ARCHITECTURE.md');
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && files.some((file) => file.startsWith(`${entry.name}/`)))
      .map((entry) => entry.name)
      .filter((name) => !name.startsWith('.') && name !== 'docs');
    expect(folders.filter((name) => !described.includes(`\`${name}/\``))).toEqual([]);
  });

  it('keeps core parts where ARCHITECTURE.md says', () => {
    const parts = [...new Set(sourcesOf('sim-core').map((file) => relative('sim-core', file).split('/')[0]))];
    const described = text('ARCHITECTURE.md');
    expect(parts.filter((part) => !part.includes('.') && !described.includes(`\`${part}/\``))).toEqual([]);
  });
});
