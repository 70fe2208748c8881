import { ast } from '@memloom/language';
import type { LangiumDocument } from 'langium';

/** A declaration to be filled in. With its defaults as they stand it is in order. */
export interface Snippet {
  /** The word of the grammar that it begins with. */
  readonly keyword: string;
  readonly label: string;
  /** In the snippet syntax of the protocol. */
  readonly text: string;
  /** Files of the standard library that it needs. */
  readonly imports: readonly string[];
}

/** The snippets that fit a text: names are free, and what is referred to is there or comes along. */
export function declarationSnippets(document: LangiumDocument): readonly Snippet[] {
  const names = namesIn(document);
  const slots = new Slots(names.all);
  return [
    { keyword: 'device', label: 'device …', text: device(slots.fresh()), imports: [] },
    { keyword: 'crossbar', label: 'crossbar …', text: crossbar(names, slots.fresh()), imports: [] },
    { keyword: 'block', label: 'block …', text: block(slots.fresh()), imports: [] },
    { keyword: 'cell', label: 'cell …', text: cell(slots.fresh()), imports: [] },
    {
      keyword: 'cell',
      label: 'cell … extends …',
      text: variant(names, slots.fresh()),
      imports: names.cell === undefined ? ['std.cells'] : [],
    },
    {
      keyword: 'hardware',
      label: 'hardware …',
      text: hardware(names, slots.fresh()),
      imports: ['std.cmos180'],
    },
    { keyword: 'network', label: 'network …', text: network(slots.fresh()), imports: ['std.cells'] },
    { keyword: 'dataset', label: 'dataset … generate …', text: dataset(slots.fresh()), imports: [] },
    { keyword: 'dataset', label: 'dataset … from …', text: table(slots.fresh()), imports: [] },
    {
      keyword: 'experiment',
      label: 'experiment …',
      text: experiment(names, slots.fresh()),
      imports: names.network === undefined ? ['std.cells'] : [],
    },
  ];
}

/** Numbers the placeholders of one snippet, and finds names that the text does not have yet. */
class Slots {
  private next = 1;

  constructor(private readonly taken: ReadonlySet<string>) {}

  fresh(): Slots {
    return new Slots(this.taken);
  }

  /** A placeholder with a default. */
  value(text: string): string {
    return `\${${this.next++}:${text.replace(/[$}\\]/g, '\\$&')}}`;
  }

  name(wanted: string): string {
    return this.value(this.free(wanted));
  }

  free(wanted: string): string {
    if (!this.taken.has(wanted)) return wanted;
    for (let count = 2; ; count++) if (!this.taken.has(`${wanted}${count}`)) return `${wanted}${count}`;
  }
}

const device = (slots: Slots) => `device ${slots.name('Cell')} = ${resistive(slots)} {
  levels = ${slots.value('64')}
  programming = gaussian(${slots.value('2 %')})
}`;

const resistive = (slots: Slots) =>
  `resistive(rOn = ${slots.value('10 kOhm')}, rOff = ${slots.value('1 MOhm')})`;

const crossbar = ({ device: known }: Names, slots: Slots): string => {
  const own = slots.free('Cell');
  const before = known === undefined ? `device ${own} = ${resistive(slots)}\n\n` : '';
  return `${before}crossbar ${slots.name('Gates')} {
  device = ${slots.value(known ?? own)}
  readout = ${slots.value('voltage')}
  vRead = ${slots.value('0.1 V')}
}`;
};

const block = (slots: Slots) => `block ${slots.name('Amplifier')}(in: V, unit: V) -> out: V {
  param gain = ${slots.value('2')} in 0.1 .. 100
  param rails = ${slots.value('0 V')} .. ${slots.value('1 V')}
  out = ${slots.value('clamp(gain * in, rails)')}
}`;

const cell = (slots: Slots) => `cell ${slots.name('Own')}(x: [n]) -> h: [m] {
  state h: [m]
  g = ${slots.value('sigmoid(vmm(x, h, 1))')}
  h' = ${slots.value('g * tanh(vmm(x, h, 1)) + (1 - g) * h')}
}`;

const variant = ({ cell: known }: Names, slots: Slots) =>
  `cell ${slots.name('Variant')} extends ${slots.value(known?.name ?? 'Lstm')} {
  ${slots.value(known?.equation ?? 'f = 1 - i')}
}`;

const hardware = (names: Names, slots: Slots): string => {
  const own = slots.free('Gates');
  const before = names.crossbar === undefined ? `${crossbar(names, slots)}\n\n` : '';
  return `${before}hardware ${slots.name('Analog')} {
  vmm on ${slots.value(names.crossbar?.name ?? own)}
  readout on ${slots.value(names.crossbar?.isCurrent ? 'Tia' : 'DifferenceAmp')}
  sigmoid on Sigmoid
  tanh on Tanh
  product on Multiplier
  state on SampleHold
}`;
};

const network = (slots: Slots) => `network ${slots.name('Net')}(x: [${slots.value('1')}]) -> y: [1] {
  rnn = ${slots.value('Lstm')}(x, units = ${slots.value('4')})
  y = dense(last(rnn), units = 1)
}`;

const dataset = (slots: Slots) =>
  `dataset ${slots.name('samples')} generate wafer(train = ${slots.value('300')}, test = ${slots.value('600')})`;

const table = (slots: Slots) => `dataset ${slots.name('series')} from "${slots.value('series.csv')}" {
  column = "${slots.value('value')}"
  scale = ${slots.value('minmax(0, 1)')}
  window = ${slots.value('3 steps')}
}`;

const experiment = (names: Names, slots: Slots): string => {
  const [ownNetwork, ownData] = [slots.free('Net'), slots.free('samples')];
  const before = [
    ...(names.network === undefined ? [network(slots)] : []),
    ...(names.dataset === undefined ? [dataset(slots)] : []),
  ];
  const text = `experiment ${slots.name('trial')} {
  network ${slots.value(names.network ?? ownNetwork)}
  data ${slots.value(names.dataset ?? ownData)}
  train adam(rate = ${slots.value('1e-3')}) for ${slots.value('100')} epochs
  seed ${slots.value('1')}
}`;
  return [...before, text].join('\n\n');
};

/** What a text declares that a snippet may refer to. */
interface Names {
  readonly all: ReadonlySet<string>;
  readonly device?: string;
  readonly crossbar?: { readonly name: string; readonly isCurrent: boolean };
  readonly cell?: { readonly name: string; readonly equation: string };
  readonly network?: string;
  readonly dataset?: string;
}

function namesIn(document: LangiumDocument): Names {
  const model = document.parseResult.value;
  const declarations = ast.isModel(model) ? model.declarations.filter(({ name }) => name) : [];
  const crossbar = declarations.find(ast.isCrossbar);
  const readout = crossbar?.body?.properties.find(({ parameter }) => parameter?.$refText === 'readout');
  const cell = declarations.filter(ast.isCell).find(({ equations }) => equations.length > 0);
  const equation = cell?.equations.find(({ next }) => !next)?.$cstNode?.text;
  // An experiment runs the network on the data, which have to fit: with several of either, the user knows.
  const [networks, datasets] = [declarations.filter(ast.isNetwork), declarations.filter(ast.isDataset)];
  return {
    all: new Set(declarations.map(({ name }) => name)),
    device: declarations.find(ast.isDevice)?.name,
    crossbar: crossbar && {
      name: crossbar.name,
      isCurrent: readout?.values[0]?.$cstNode?.text === 'current',
    },
    cell: cell && equation !== undefined ? { name: cell.name, equation } : undefined,
    network: networks[0]?.name,
    dataset: datasets[0]?.name,
  };
}

/** A snippet's text with its defaults filled in. */
export const withDefaults = (text: string): string =>
  text.replace(/\$\{[0-9]+:((?:\\.|[^}\\])*)\}/g, (_, value: string) => value.replace(/\\(.)/g, '$1'));
