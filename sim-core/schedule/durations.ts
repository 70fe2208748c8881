import type { Dynamics, HoldCapacitor, Signal, Values } from '../circuit/circuit.ts';
import type { Draft, DraftItem, DraftLine } from '../circuit/draft.ts';
import { type Capture, inputsOf, outputOf, type Plan } from './plan.ts';
import { settlingTime } from './settle.ts';

/** A circuit on the way of a signal: time constant of its pole in seconds, and the time that slewing adds. */
interface Link {
  readonly name: string;
  readonly constant: number;
  readonly slewing: number;
}

export interface PhaseTime {
  /** Seconds to the error budget. */
  readonly needed: number;
  /** The slowest way, and what each circuit of it takes. */
  readonly path: readonly { readonly name: string; readonly seconds: number }[];
}

/**
 * How long each phase takes: the slowest way from what is sampled before, or driven by a source, to what is sampled at
 * its end. Poles along a way add up after {@link settlingTime}, slewing across the whole swing of each amplifier comes
 * on top.
 *
 * @param budget accepted deviation from the settled value, relative to the swing.
 * @param swing volts across which an amplifier without rails may have to slew.
 */
export function phaseTimes(
  draft: Draft,
  plan: Plan,
  memoryHold: HoldCapacitor | undefined,
  { budget, swing }: { readonly budget: number; readonly swing: number },
): readonly PhaseTime[] {
  const ways = new Ways(draft, plan, budget, swing);
  return Array.from({ length: plan.phases }, (_, phase) => {
    const chains = plan.captures
      .filter((capture) => capture.phase === phase)
      .map((capture) => ways.to(capture, memoryHold));
    const slowest = chains.reduce((a, b) => (timeOf(b, budget) > timeOf(a, budget) ? b : a), []);
    return { needed: timeOf(slowest, budget), path: shares(slowest, budget) };
  });
}

class Ways {
  private readonly producers: ReadonlyMap<string, DraftItem>;
  private readonly known = new Map<string, readonly Link[]>();

  constructor(
    draft: Draft,
    private readonly plan: Plan,
    private readonly budget: number,
    private readonly swing: number,
  ) {
    this.producers = new Map(draft.items.map((item) => [outputOf(item), item]));
  }

  /** The slowest chain of circuits to what is sampled, the sampling included. */
  to({ kind, name, signals, item }: Capture, memoryHold: HoldCapacitor | undefined): readonly Link[] {
    const before =
      kind === 'hold' && item
        ? inputsOf(item).map((input) => this.of(input))
        : signals.map((signal) => this.of(signal));
    const chain = this.slowest(before);
    if (kind === 'read') return chain;
    const own =
      item?.kind === 'stage' ? [this.linkOf(name, item.element.dynamics, item.element.parameters)] : [];
    const hold = item?.kind === 'memory' ? item.hold : memoryHold;
    if (!hold) return [...chain, ...own];
    const source =
      item?.kind === 'stage' ? item.element.dynamics.outputResistance : this.resistanceOf(signals[0]);
    const constant = (largest(hold.onResistance) + largest(source)) * largest(hold.capacitance);
    return [...chain, ...own, { name: `${name} (sampling)`, constant, slewing: 0 }];
  }

  private resistanceOf(signal: Signal | undefined): Values {
    const item = signal?.kind === 'nodes' ? this.producers.get(signal.bank) : undefined;
    return item?.kind === 'stage' ? item.element.dynamics.outputResistance : 0;
  }

  private of(signal: Signal): readonly Link[] {
    if (signal.kind === 'fixed') return [];
    const known = this.known.get(signal.bank);
    if (known) return known;
    const item = this.producers.get(signal.bank);
    const chain = item ? this.through(item) : [];
    this.known.set(signal.bank, chain);
    return chain;
  }

  private through(item: DraftItem): readonly Link[] {
    // The charge of the opened switch passes the buffer at the beginning of the next phase.
    if (item.kind === 'memory')
      return [this.linkOf(`${item.element.name} (buffer)`, item.element.dynamics, {})];
    const output = outputOf(item);
    if (this.plan.slots.has(output) || this.plan.holds.has(output)) return [];
    const before = this.slowest(inputsOf(item).map((input) => this.of(input)));
    if (item.kind === 'ideal') return before;
    if (item.kind === 'line')
      return [...before, { name: item.bank, constant: lineConstant(item), slewing: 0 }];
    const { name, dynamics, parameters } = item.element;
    return [...before, this.linkOf(name, dynamics, parameters)];
  }

  private slowest(chains: readonly (readonly Link[])[]): readonly Link[] {
    return chains.reduce(
      (a, b) => (timeOf(b, this.budget) > timeOf(a, this.budget) ? b : a),
      [] as readonly Link[],
    );
  }

  private linkOf(
    name: string,
    { pole, slewRate }: Dynamics,
    parameters: Readonly<Record<string, Values>>,
  ): Link {
    const constant = pole === undefined ? 0 : 1 / (2 * Math.PI * smallest(pole));
    const range =
      largest(parameters['rails.high'] ?? Infinity) - smallest(parameters['rails.low'] ?? -Infinity);
    const full = slewRate === undefined ? 0 : Math.min(range, this.swing) / smallest(slewRate);
    return { name, constant, slewing: Math.max(0, full - constant) };
  }
}

/** A bit line that is read as a voltage charges its wire through its devices, and through the wires in front of them. */
function lineConstant({ array: { crossbar, wordLines }, columnConductance }: DraftLine): number {
  if (crossbar.readout === 'current') return 0;
  const farads = crossbar.wireCapacitance * wordLines;
  return columnConductance.reduce(
    (slowest, siemens) => (siemens > 0 ? Math.max(slowest, farads / siemens) : slowest),
    0,
  );
}

const timeOf = (chain: readonly Link[], budget: number): number =>
  settlingTime(
    chain.map(({ constant }) => constant),
    budget,
  ) + chain.reduce((sum, { slewing }) => sum + slewing, 0);

/** What each circuit takes: its slewing, and its part of the settling in proportion to its time constant. */
function shares(chain: readonly Link[], budget: number): PhaseTime['path'] {
  const sum = chain.reduce((total, { constant }) => total + constant, 0);
  const settling = settlingTime(
    chain.map(({ constant }) => constant),
    budget,
  );
  return chain.map(({ name, constant, slewing }) => ({
    name,
    seconds: slewing + (sum > 0 ? (settling * constant) / sum : 0),
  }));
}

export const largest = (values: Values): number =>
  typeof values === 'number' ? values : values.reduce((a, b) => Math.max(a, b), -Infinity);
export const smallest = (values: Values): number =>
  typeof values === 'number' ? values : values.reduce((a, b) => Math.min(a, b), Infinity);
