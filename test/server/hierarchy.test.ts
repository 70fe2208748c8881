import { describe, expect, it } from 'vitest';
import type { CallHierarchyItem, TypeHierarchyItem } from 'vscode-languageserver-protocol';
import { architecture } from './architecture-text.ts';
import { type Editor, openEditor } from './editor.ts';

const at = (mark: string, shift: number) => {
  const offset = architecture.indexOf(mark) + shift;
  return `${architecture.slice(0, offset)}<|>${architecture.slice(offset)}`;
};

async function calls({ services, document, at: params }: Editor) {
  const provider = services.lsp.CallHierarchyProvider;
  const [item] = (await provider?.prepareCallHierarchy(document, params)) ?? [];
  const name = ({ name, detail }: CallHierarchyItem) => `${detail} ${name}`;
  return {
    item: item && name(item),
    incoming: ((await provider?.incomingCalls({ item })) ?? []).map(({ from, fromRanges }) => [
      name(from),
      fromRanges.length,
    ]),
    outgoing: ((await provider?.outgoingCalls({ item })) ?? []).map(({ to }) => name(to)),
  };
}

async function types({ services, document, at: params }: Editor) {
  const provider = services.lsp.TypeHierarchyProvider;
  const [item] = (await provider?.prepareTypeHierarchy(document, params)) ?? [];
  if (!item) return undefined;
  const name = ({ name }: TypeHierarchyItem) => name;
  return {
    up: ((await provider?.supertypes({ item })) ?? []).map(name),
    down: ((await provider?.subtypes({ item })) ?? []).map(name),
  };
}

describe('Call hierarchy', () => {
  it('leads from a cell to the networks that run it and the functions that it calls', async () => {
    const { item, incoming } = await calls(await openEditor({ 'main.loom': at('cell Mine', 6) }));
    expect(item).toBe('cell Mine');
    expect(incoming).toEqual([['network Forecast', 1]]);
    const network = await calls(await openEditor({ 'main.loom': at('network Forecast', 9) }));
    expect(network.incoming).toEqual([['experiment e', 1]]);
    expect(network.outgoing).toEqual(['cell Mine', 'function dense', 'function last']);
  });

  it('leads from a block to the hardware that binds it', async () => {
    const { incoming, outgoing } = await calls(await openEditor({ 'main.loom': at('block Slope', 7) }));
    expect(incoming).toEqual([['hardware Analog', 1]]);
    expect(outgoing).toEqual(['function clamp', 'function sigmoid']);
  });
});

describe('Type hierarchy', () => {
  it('leads from a variant to what it extends, over files, and back', async () => {
    const variant = await types(await openEditor({ 'main.loom': at('cell Mine', 6) }));
    expect(variant).toEqual({ up: ['Lstm'], down: [] });
    const base = await types(await openEditor({ 'main.loom': at('extends Lstm', 9) }));
    expect(base?.down).toEqual(expect.arrayContaining(['Mine', 'Np', 'Cifg']));
  });

  it('takes hardware, crossbars and devices', async () => {
    expect((await types(await openEditor({ 'main.loom': at('hardware Analog', 10) })))?.down).toEqual([
      'Coarse',
    ]);
    expect((await types(await openEditor({ 'main.loom': at('device HfO2', 8) })))?.up).toEqual(['resistive']);
    expect(await types(await openEditor({ 'main.loom': at('network Forecast', 9) }))).toBeUndefined();
  });
});
