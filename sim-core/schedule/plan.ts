import type { Signal } from '../circuit/circuit.ts';
import type { Draft, DraftItem, DraftLine, DraftStage } from '../circuit/draft.ts';

/** When what is used: the order of one time step without its durations. */
export interface Plan {
  readonly phases: number;
  /** Of each memory by the bank of its new value, of each slot by the bank and its number, of each hold by its bank. */
  readonly memories: ReadonlyMap<string, number>;
  readonly slots: ReadonlyMap<string, readonly number[]>;
  readonly holds: ReadonlyMap<string, number>;
  /** What drives each row group in each phase, by `rowKey`; undefined: nothing needs it. */
  readonly drivers: ReadonlyMap<string, readonly (Signal | undefined)[]>;
  /** What is sampled or read at the end of each phase. */
  readonly captures: readonly Capture[];
  /** The phase at whose end a signal has its value of the time step: the last one before what drives it changes. */
  validity(signal: Signal): number | undefined;
}

/** A signal that is sampled, or read, at the end of a phase. */
export interface Capture {
  readonly phase: number;
  readonly kind: 'memory' | 'slot' | 'hold' | 'read';
  readonly name: string;
  readonly signals: readonly Signal[];
  /** What samples it. */
  readonly item: DraftItem | undefined;
}

export const rowKey = (line: DraftLine, row: number): string => `${line.array.id}/${row}`;

/** A circuit that several signals use one after the other. */
export const isMultiplexed = (stage: DraftStage, items: readonly DraftItem[]): boolean =>
  stage.copies < stage.size ||
  items.some((item) => item.kind === 'stage' && item !== stage && item.circuit === stage.circuit);

/**
 * Derives the phases of one time step. Only what is sampled needs a phase: the new values of states, the results of
 * circuits that are shared, and what would change before it is used. Everything else settles between two samplings.
 *
 * Each sampling takes the first phase in which all that it depends on is there: sampled values of earlier phases, the
 * word lines driven by the right signal (a state and its new value take turns on the same lines), the shared circuit
 * free. A signal that depends on both drivers of a row group is sampled half way.
 */
export function planPhases(draft: Draft): Plan {
  const held = new Set<string>();
  for (;;) {
    const planning = new Planning(draft, held);
    const torn = planning.run();
    if (torn.length === 0) return planning.plan();
    if (torn.every((bank) => held.has(bank))) throw new Error(`No order samples ${torn.join(', ')}.`);
    for (const bank of torn) held.add(bank);
  }
}

/** All that a signal depends on within a phase. */
interface Cone {
  earliest: number;
  readonly drivers: Map<string, { readonly signal: Signal; readonly lines: DraftLine[] }>;
  readonly seen: Set<string>;
  /** Two lines that need different drivers of one row group; the first is to be sampled. */
  torn?: DraftLine;
}

class Planning {
  private readonly producers = new Map<string, DraftItem>();
  /** First phase in which a sampled signal is there. */
  private readonly available = new Map<string, number>();
  private readonly drivers = new Map<string, (Signal | undefined)[]>();
  private readonly busy = new Map<string, Set<number>>();
  private readonly memories = new Map<string, number>();
  private readonly slots = new Map<string, number[]>();
  private readonly holds = new Map<string, number>();
  private readonly captures: Capture[] = [];
  private torn: readonly string[] = [];

  constructor(
    private readonly draft: Draft,
    private readonly held: ReadonlySet<string>,
  ) {
    for (const item of draft.items) this.producers.set(outputOf(item), item);
  }

  /** Banks that must be sampled first; none where the plan stands. */
  run(): readonly string[] {
    for (const item of this.draft.items) {
      this.schedule(item);
      if (this.torn.length > 0) return this.torn;
    }
    for (const { name, signal } of this.draft.outputs) this.capture('read', name, [signal], undefined);
    const last = Math.max(0, ...this.available.values());
    // What the last sampling has stored settles before the time step ends.
    const phases = Math.max(last, ...this.captures.map(({ phase }) => phase)) + 1;
    if (this.torn.length === 0 && this.captures.every(({ phase }) => phase < phases - 1))
      this.captures.push({
        phase: phases - 1,
        kind: 'read',
        name: 'end',
        signals: this.newIn(phases - 1),
        item: undefined,
      });
    return this.torn;
  }

  /** What is sampled at the end of the phase before, and read by nothing else. */
  private newIn(phase: number): readonly Signal[] {
    return [...this.available]
      .filter(([, first]) => first === phase)
      .map(([bank]) => ({ kind: 'nodes', bank, first: 0, size: 0 }));
  }

  plan(): Plan {
    const { captures, memories, slots, holds, drivers } = this;
    const phases = Math.max(...captures.map(({ phase }) => phase)) + 1;
    return {
      phases,
      captures,
      memories,
      slots,
      holds,
      drivers,
      validity: (signal) => this.validity(signal, phases),
    };
  }

  private schedule(item: DraftItem): void {
    if (item.kind === 'memory') {
      const phase = this.capture('memory', item.element.name, [item.input], item);
      this.memories.set(item.next, phase);
      this.available.set(item.next, phase + 1);
      return;
    }
    if (item.kind === 'stage' && isMultiplexed(item, this.draft.items)) {
      this.scheduleSlots(item);
      return;
    }
    const output = outputOf(item);
    if (!this.held.has(output)) return;
    const signal: Signal = { kind: 'nodes', bank: output, first: 0, size: 0 };
    const phase = this.capture('hold', nameOf(item), [signal], item);
    this.holds.set(output, phase);
    this.available.set(output, phase + 1);
  }

  private scheduleSlots(stage: DraftStage): void {
    const { output, name, inputs } = stage.element;
    const count = stage.size / stage.copies;
    const phases = Array.from({ length: count }, (_, slot) =>
      this.capture(
        'slot',
        count > 1 ? `${name}[${slot}]` : name,
        Object.values(inputs),
        stage,
        stage.circuit,
      ),
    );
    this.slots.set(output, phases);
    this.available.set(output, Math.max(...phases) + 1);
  }

  /** Finds the first phase for a sampling and reserves what it needs; the phase. */
  private capture(
    kind: Capture['kind'],
    name: string,
    signals: readonly Signal[],
    item: DraftItem | undefined,
    circuit?: string,
  ): number {
    const cone = this.coneOf(signals);
    if (cone.torn) this.torn = this.consumersOf(cone.torn);
    const taken = circuit === undefined ? undefined : (this.busy.get(circuit) ?? new Set<number>());
    let phase = cone.earliest;
    while (!this.fits(cone, phase) || taken?.has(phase)) phase++;
    for (const [key, { signal }] of cone.drivers) {
      const standing = this.drivers.get(key) ?? [];
      standing[phase] = signal;
      this.drivers.set(key, standing);
    }
    if (circuit !== undefined && taken) this.busy.set(circuit, taken.add(phase));
    this.captures.push({ phase, kind, name, signals, item });
    return phase;
  }

  private fits({ drivers }: Cone, phase: number): boolean {
    for (const [key, { signal }] of drivers) {
      const standing = this.drivers.get(key)?.[phase];
      if (standing && !sameSignal(standing, signal)) return false;
    }
    return true;
  }

  private coneOf(signals: readonly Signal[]): Cone {
    const cone: Cone = { earliest: 0, drivers: new Map(), seen: new Set() };
    for (const signal of signals) this.collect(signal, cone);
    return cone;
  }

  private collect(signal: Signal, cone: Cone): void {
    if (signal.kind === 'fixed' || cone.seen.has(signal.bank)) return;
    cone.seen.add(signal.bank);
    const ready = this.available.get(signal.bank);
    if (ready !== undefined) {
      cone.earliest = Math.max(cone.earliest, ready);
      return;
    }
    const item = this.producers.get(signal.bank);
    if (item?.kind === 'line') this.collectLine(item, cone);
    else if (item) for (const input of inputsOf(item)) this.collect(input, cone);
  }

  private collectLine(line: DraftLine, cone: Cone): void {
    for (const { row, signal } of line.driven) {
      const key = rowKey(line, row);
      const standing = cone.drivers.get(key);
      if (standing && !sameSignal(standing.signal, signal)) {
        const earlier = this.coneOf([standing.signal]).earliest <= this.coneOf([signal]).earliest;
        cone.torn = earlier ? standing.lines[0] : line;
      }
      if (standing) standing.lines.push(line);
      else cone.drivers.set(key, { signal, lines: [line] });
      this.collect(signal, cone);
    }
  }

  /** The circuits behind a bit line. */
  private consumersOf(line: DraftLine): readonly string[] {
    const reads = this.draft.items.filter((item) =>
      inputsOf(item).some((input) => input.kind === 'nodes' && input.bank === line.bank),
    );
    return reads.map(outputOf);
  }

  private validity(signal: Signal, phases: number): number | undefined {
    const cone = this.coneOf([signal]);
    const driven = driversByPhase(this.drivers, phases);
    const fits = (phase: number) =>
      [...cone.drivers].every(([key, { signal: wanted }]) => {
        const standing = driven.get(key)?.[phase];
        return standing !== undefined && sameSignal(standing, wanted);
      });
    let phase = cone.earliest;
    while (phase < phases && !fits(phase)) phase++;
    if (phase === phases) return undefined;
    while (phase + 1 < phases && fits(phase + 1)) phase++;
    return phase;
  }
}

/** What drives each row group in each phase: what the phase needs, or else what drove it before. */
export function driversByPhase(
  drivers: Plan['drivers'],
  phases: number,
): ReadonlyMap<string, readonly Signal[]> {
  const filled = new Map<string, readonly Signal[]>();
  for (const [key, needed] of drivers) {
    const first = needed.find((signal) => signal !== undefined);
    if (!first) continue;
    let standing = first;
    filled.set(
      key,
      Array.from({ length: phases }, (_, phase) => {
        standing = needed[phase] ?? standing;
        return standing;
      }),
    );
  }
  return filled;
}

export const sameSignal = (a: Signal, b: Signal): boolean =>
  a.kind === 'nodes' ? b.kind === 'nodes' && a.bank === b.bank : b.kind === 'fixed' && a.value === b.value;

export function outputOf(item: DraftItem): string {
  if (item.kind === 'memory') return item.next;
  return item.kind === 'line' ? item.bank : item.element.output;
}

export function nameOf(item: DraftItem): string {
  return item.kind === 'line' ? item.bank : item.element.name;
}

export function inputsOf(item: DraftItem): readonly Signal[] {
  if (item.kind === 'memory') return [item.input];
  if (item.kind === 'line') return item.driven.map(({ signal }) => signal);
  if (item.kind === 'stage') return Object.values(item.element.inputs);
  const { element } = item;
  if (element.kind === 'input') return [];
  return element.kind === 'join' ? element.inputs : Object.values(element.inputs);
}
