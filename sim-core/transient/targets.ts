import type { Circuit, CircuitElement, CrossbarElement, LineElement } from '../circuit/circuit.ts';
import type { CircuitProbeDesign } from '../design/design.ts';
import { suggestion } from '../design/nearest.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';

type Quantity = CircuitProbeDesign['quantity'];

/** What is recorded of a circuit: a quantity at some of its parts, one column for each unit. */
export interface CircuitTarget {
  /** `rnn.i`, `current(rnn.i.pair)`; the columns are `NAME[unit]`. */
  readonly name: string;
  readonly quantity: Quantity;
  readonly at:
    | { readonly kind: 'bank'; readonly bank: string; readonly first: number; readonly size: number }
    /** A memory's capacitor that is charged to the new value. */
    | { readonly kind: 'capacitor'; readonly element: CircuitElement }
    | { readonly kind: 'line'; readonly line: LineElement }
    | { readonly kind: 'elements'; readonly elements: readonly CircuitElement[] }
    | {
        readonly kind: 'devices';
        readonly line: LineElement;
        readonly crossbar: CrossbarElement;
        readonly wordLine: number;
      };
}

/**
 * Finds what probes name in a circuit; with none, every equation and state of every cell.
 *
 * Fails with `transient.probe` for names that are not in the circuit, and for the states of devices that stand still.
 */
export function findTargets(
  circuit: Circuit,
  wanted: readonly CircuitProbeDesign[],
): Outcome<readonly CircuitTarget[]> {
  const finder = finders(circuit);
  if (wanted.length === 0) return success(finder.cells());
  const targets: CircuitTarget[] = [];
  const problems: Problem[] = [];
  for (const { quantity, signal, origin } of wanted) {
    const { find, names } = finder[quantity];
    const found = [signal, ofOneGate(signal)].map(find).find((those) => those.length > 0) ?? [];
    if (found.length === 0)
      problems.push({
        code: 'transient.probe',
        message: `On hardware "${circuit.hardware}" there is no ${words[quantity]} "${signal}" to record.`,
        hint:
          quantity === 'state' && !isMoving(circuit)
            ? standStill
            : suggestion(signal, [...new Set(names().map(ofAllArrays))], 'There is none.'),
        ...(origin ? { origin } : {}),
      });
    targets.push(...found.filter(({ name }) => !targets.some((known) => known.name === name)));
  }
  return problems.length > 0 ? failure(...problems) : success(targets);
}

/** The voltage of every signal that has a name in the text. */
export const everySignal = ({ probes }: Circuit): readonly CircuitTarget[] =>
  probes.flatMap(({ name, signal }) =>
    signal.kind === 'nodes'
      ? [target('voltage', name, { kind: 'bank', bank: signal.bank, first: signal.first, size: signal.size })]
      : [],
  );

/**
 * Without what tells the arrays of a layer apart: `rnn.i[0,2]/1.pair`, of tiles and of slices of weights, is called
 * `rnn.i.pair`, which names all of them.
 */
const ofAllArrays = (name: string): string => name.replaceAll(/\[\d+,\d+\]|\/\d+/g, '');

/** What only has one gate is called after its layer twice: `y.pair` is `y.y.pair`. */
const ofOneGate = (name: string): string => `${layerOf(`${name}.`)}.${name}`;

const words: Readonly<Record<Quantity, string>> = {
  voltage: 'signal or node',
  current: 'current of',
  power: 'power of',
  conductance: 'conductance of',
  state: 'state of',
};

const standStill = 'Devices keep their states; write devices = dynamic.';
const isMoving = ({ crossbars }: Circuit): boolean => crossbars.some(({ moving }) => moving !== undefined);

interface Finder {
  find(name: string): readonly CircuitTarget[];
  names(): readonly string[];
}

function finders(circuit: Circuit) {
  const { banks, elements } = circuit;
  const signals = everySignal(circuit);
  const voltages: CircuitTarget[] = [
    ...signals,
    ...banks.map(({ id, name, size }) =>
      target('voltage', name, { kind: 'bank' as const, bank: id, first: 0, size }),
    ),
    ...capacitors(circuit).map((element) =>
      target('voltage', `${element.name}.capacitor`, { kind: 'capacitor' as const, element }),
    ),
  ];
  const currents: CircuitTarget[] = [
    ...elements.flatMap((element) =>
      element.kind === 'line'
        ? [target('current', element.name, { kind: 'line' as const, line: element })]
        : [],
    ),
    ...capacitors(circuit).map((element) =>
      target('current', `${element.name}.capacitor`, { kind: 'capacitor' as const, element }),
    ),
  ];
  const cells = new Set(
    elements.flatMap((element) => (element.kind === 'memory' ? [layerOf(element.name)] : [])),
  );
  const byName = (all: readonly CircuitTarget[], name: string) => {
    const found = all.filter(
      (one) => ofAllArrays(one.name) === (one.quantity === 'voltage' ? name : `${one.quantity}(${name})`),
    );
    return found.filter((one, k) => found.findIndex((other) => other.name === one.name) === k);
  };
  return {
    cells: () => signals.filter(({ name }) => name.includes('.') && cells.has(layerOf(name))),
    voltage: {
      find(name) {
        const layer = signals.filter((signal) => signal.name.startsWith(`${name}.`));
        return layer.length > 0 ? layer : byName(voltages, name);
      },
      names: () => voltages.map(({ name }) => name),
    },
    current: {
      find: (name) => byName(currents, name),
      names: () => currents.map(({ name }) => name.slice('current('.length, -1)),
    },
    power: powers(circuit),
    conductance: devices(circuit, 'conductance'),
    state: devices(circuit, 'state'),
  } satisfies Record<Quantity, Finder> & { cells(): readonly CircuitTarget[] };
}

const target = (quantity: Quantity, name: string, at: CircuitTarget['at']): CircuitTarget => ({
  name: quantity === 'voltage' ? name : `${quantity}(${name})`,
  quantity,
  at,
});

const layerOf = (name: string): string => name.slice(0, name.indexOf('.'));

/** Elements that charge capacitors. */
const capacitors = ({ elements }: Circuit): readonly CircuitElement[] =>
  elements.filter(({ kind }) => kind === 'memory' || kind === 'hold' || kind === 'multiplexed');

/** Of an element by its name, or of all that a name begins: `rnn.i`, its read-out, its bit lines. */
function powers({ elements }: Circuit): Finder {
  const named = elements.filter(({ kind }) => kind !== 'input' && kind !== 'join' && kind !== 'operation');
  return {
    find(name) {
      const within = named.filter((element) => `${ofAllArrays(element.name)}.`.startsWith(`${name}.`));
      return within.length > 0 ? [target('power', name, { kind: 'elements', elements: within })] : [];
    },
    names: () => [...new Set(named.flatMap(({ name }) => [name, layerOf(name)]))],
  };
}

/** Devices of a gate's operand, `rnn.i.x`, by their word lines. */
function devices({ elements, crossbars }: Circuit, quantity: 'conductance' | 'state'): Finder {
  const all = elements.flatMap((line) => {
    const crossbar = line.kind === 'line' ? crossbars.find(({ id }) => id === line.crossbar) : undefined;
    if (line.kind !== 'line' || !crossbar || (quantity === 'state' && !crossbar.moving)) return [];
    return crossbar.rowGroups.map((group) => ({ line, crossbar, group }));
  });
  const gateOf = (line: string) => line.slice(0, line.lastIndexOf('.'));
  return {
    find: (name) =>
      all
        .filter(({ line, group }) => {
          const own = ofAllArrays(line.name);
          return name === `${gateOf(own)}.${group.name}` || name === `${own}.${group.name}`;
        })
        .flatMap(({ line, crossbar, group: { first, size } }) => {
          const per = crossbar.paired ? 2 : 1;
          return Array.from({ length: size * per }, (_, k) => {
            const wordLine = first * per + k;
            return target(quantity, `${line.name}.w${wordLine}`, {
              kind: 'devices',
              line,
              crossbar,
              wordLine,
            });
          });
        }),
    names: () => all.map(({ line, group }) => `${gateOf(line.name)}.${group.name}`),
  };
}
