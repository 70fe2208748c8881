import type {
  CircuitElement,
  HoldCapacitor,
  MemoryElement,
  MultiplexedElement,
  Signal,
  StageElement,
  Values,
} from '../circuit/circuit.ts';
import { leastResistance } from '../circuit/hold.ts';
import type { BlockDesign } from '../design/design.ts';
import { emit, type Place } from './assembler.ts';
import { emitLine } from './emit-line.ts';
import { op } from './instructions.ts';
import { type PhaseAssembly, sizeOf } from './machine.ts';
import { outputVariance, thermalVariance } from './noise.ts';

/** The instructions of one element in one phase. */
export function emitElement(assembly: PhaseAssembly, element: CircuitElement, index: number): void {
  switch (element.kind) {
    case 'input':
      break;
    case 'operation': {
      const size = sizeOf(assembly.circuit, element.output);
      const lookUp = scopeOf(assembly, element.inputs, element.values);
      const value = assembly.assembler.expression(element.expression, size, lookUp, assembly.code);
      emit(assembly.code, op.copy, size, bankAt(assembly, element.output), [value]);
      break;
    }
    case 'join': {
      let to = bankAt(assembly, element.output).address;
      for (const input of element.inputs) {
        const count = input.kind === 'nodes' ? input.size : 1;
        emit(assembly.code, op.copy, count, { address: to }, [placeOf(assembly, input)]);
        to += count;
      }
      break;
    }
    case 'stage': {
      const size = sizeOf(assembly.circuit, element.output);
      const target = transfer(assembly, element, element.inputs, element.parameters, size);
      follow(assembly, element, size, target, bankAt(assembly, element.output));
      break;
    }
    case 'multiplexed':
      emitMultiplexed(assembly, element, index);
      break;
    case 'hold': {
      const size = sizeOf(assembly.circuit, element.output);
      const at = bankAt(assembly, element.output);
      emitHold(assembly, element.hold, {
        closed: element.phase === assembly.phase,
        source: placeOf(assembly, element.input),
        resistance: element.sourceResistance,
        address: at.address,
        size,
        index,
      });
      break;
    }
    case 'memory':
      emitNext(assembly, element, index);
      break;
    case 'line':
      emitLine(assembly, element, index);
      break;
  }
}

/** The half of a memory that holds the previous value. */
export function emitPrevious(assembly: PhaseAssembly, memory: MemoryElement, index: number): void {
  emitRead(assembly, memory, 'previous', index, false);
}

function emitNext(assembly: PhaseAssembly, memory: MemoryElement, index: number): void {
  emitRead(assembly, memory, 'next', index, memory.phase === assembly.phase);
}

/** A capacitor, charged or left alone, and the buffer that reads it. */
function emitRead(
  assembly: PhaseAssembly,
  memory: MemoryElement,
  side: 'next' | 'previous',
  index: number,
  closed: boolean,
): void {
  const size = sizeOf(assembly.circuit, memory.next);
  const address = assembly.hidden.get(`${memory.id}/${side}`) ?? 0;
  emitHold(assembly, memory.hold, {
    closed,
    source: placeOf(assembly, memory.input),
    resistance: memory.sourceResistance,
    address,
    size,
    index,
  });
  const lookUp = scopeOf(assembly, {}, memory.parameters);
  const capacitor: Place = { address, stride: 1, constant: false };
  const value = blockValue(assembly, memory.block, size, (name) =>
    name === memory.port ? capacitor : lookUp(name),
  );
  follow(assembly, memory, size, value, bankAt(assembly, memory[side]));
}

/** Where the circuits serve a slot of this element, or served the last one, they are evaluated here. */
function emitMultiplexed(assembly: PhaseAssembly, element: MultiplexedElement, index: number): void {
  const { phase } = assembly;
  const { copies, slots, circuit, dynamics } = element;
  const active = servedSlot(assembly, circuit);
  const output = assembly.hidden.get(`${circuit}/output`);
  const serving = active ? slots.indexOf(active) : -1;
  let y: Place = { address: output ?? 0, stride: copies > 1 ? 1 : 0, constant: false };
  if (serving >= 0) {
    const value = transfer(assembly, element, slots[serving].inputs, element.parameters, copies);
    if (output === undefined) y = value;
    else follow(assembly, element, copies, value, { address: output });
  }
  for (const slot of slots) {
    const at = placeOf(assembly, slot.output);
    const closed = slot.phase === phase;
    if (closed && serving < 0) throw new Error('A slot that is not served.');
    emitHold(assembly, element.hold, {
      closed,
      source: y,
      resistance: dynamics.outputResistance,
      address: at.address,
      size: copies,
      index,
    });
  }
}

/** The slot of a shared circuit that is the last one at or before a phase, in the order of a time step that repeats. */
function servedSlot(
  { circuit: { elements }, phase }: PhaseAssembly,
  circuit: string,
): MultiplexedElement['slots'][number] | undefined {
  const slots = elements
    .flatMap((element) =>
      element.kind === 'multiplexed' && element.circuit === circuit ? element.slots : [],
    )
    .sort((a, b) => a.phase - b.phase);
  return slots.filter((slot) => slot.phase <= phase).at(-1) ?? slots.at(-1);
}

interface Held {
  readonly closed: boolean;
  readonly source: Place;
  readonly resistance: Values;
  readonly address: number;
  readonly size: number;
  readonly index: number;
}

function emitHold(assembly: PhaseAssembly, hold: HoldCapacitor, held: Held): void {
  const { assembler, code, injections, accounts, noise } = assembly;
  const { closed, source, resistance, address, size, index } = held;
  const loss = assembler.constant(combine(hold.leakage, hold.capacitance, (g, c) => g / c));
  const leak = assembler.constant(hold.leakage);
  const farads = Float64Array.from({ length: size }, (_, k) => valueAt(hold.capacitance, k));
  const shake = (siemens: (k: number) => number) =>
    noise.push({
      address,
      variance: farads.map(thermalVariance),
      rate: farads.map((each, k) => siemens(k) / each),
      capacitor: { farads, element: index },
    });
  if (!closed) {
    emit(code, op.droop, size, { address }, [source, source, loss]);
    if (hold.leakage !== 0) shake((k) => valueAt(hold.leakage, k));
    accounts.push({ kind: 'capacitor', element: index, size, address, leak, conductance: undefined, source });
    return;
  }
  const series = combine(hold.onResistance, resistance, (on, out) => Math.max(on + out, leastResistance));
  const speed = assembler.constant(combine(series, hold.capacitance, (r, c) => 1 / (r * c)));
  emit(code, op.charge, size, { address }, [source, speed, loss]);
  shake((k) => 1 / valueAt(series, k) + valueAt(hold.leakage, k));
  const conductance = assembler.constant(combine(series, 1, (r) => 1 / r));
  accounts.push({ kind: 'capacitor', element: index, size, address, leak, conductance, source });
  for (let k = 0; k < size; k++) {
    const volts = valueAt(hold.injectedCharge, k) / farads[k];
    if (volts !== 0) injections.push({ address: address + k, volts, farads: farads[k], element: index });
  }
}

/** Elementwise over values of which each may be one number for all. */
function combine(a: Values, b: Values, of: (a: number, b: number) => number): Values {
  if (typeof a === 'number' && typeof b === 'number') return of(a, b);
  const size = Math.max(lengthOf(a), lengthOf(b));
  return Float64Array.from({ length: size }, (_, k) => of(valueAt(a, k), valueAt(b, k)));
}

const lengthOf = (values: Values): number => (typeof values === 'number' ? 1 : values.length);
export const valueAt = (values: Values, k: number): number =>
  typeof values === 'number' ? values : values[values.length === 1 ? 0 : k];

/** The static transfer of a block's copies. */
function transfer(
  assembly: PhaseAssembly,
  { block }: Pick<StageElement, 'block'>,
  inputs: Readonly<Record<string, Signal>>,
  parameters: Readonly<Record<string, Values>>,
  size: number,
): Place {
  return blockValue(assembly, block, size, scopeOf(assembly, inputs, parameters));
}

function blockValue(
  { circuit, assembler, code }: PhaseAssembly,
  name: string,
  size: number,
  lookUp: (name: string) => Place,
): Place {
  const block: BlockDesign | undefined = circuit.blocks.find((candidate) => candidate.name === name);
  if (!block) throw new Error(`The circuit has no block "${name}".`);
  const locals = new Map<string, Place>();
  for (const equation of block.equations)
    locals.set(
      equation.name,
      assembler.expression(equation.value, size, (part) => locals.get(part) ?? lookUp(part), code),
    );
  return locals.get(block.output.name) ?? lookUp(block.output.name);
}

/** Lets a circuit follow its transfer: with its pole, or at once. */
function follow(
  { assembler, code, noise }: PhaseAssembly,
  { dynamics, parameters }: Pick<StageElement, 'dynamics' | 'parameters'>,
  size: number,
  target: Place,
  to: Pick<Place, 'address'>,
): void {
  const { pole, slewRate } = dynamics;
  if (pole === undefined) {
    emit(code, op.copy, size, to, [target]);
    return;
  }
  const variance = Float64Array.from({ length: size }, (_, k) => outputVariance(parameters, dynamics, k));
  if (variance.some((each) => each > 0)) {
    const rate = variance.map((_, k) => 2 * Math.PI * valueAt(pole, k));
    noise.push({ address: to.address, variance, rate, capacitor: undefined });
  }
  const constant = assembler.constant(combine(pole, 1, (hertz) => 1 / (2 * Math.PI * hertz)));
  const slew = assembler.constant(slewRate ?? Infinity);
  emit(code, op.relax, size, to, [target, constant, slew]);
}

const scopeOf =
  (
    assembly: PhaseAssembly,
    inputs: Readonly<Record<string, Signal>>,
    values: Readonly<Record<string, Values>>,
  ) =>
  (name: string): Place => {
    const signal = inputs[name];
    if (signal) return placeOf(assembly, signal);
    const value = values[name];
    if (value === undefined) throw new Error(`The circuit's equations use "${name}", which nothing defines.`);
    return assembly.assembler.constant(value);
  };

export function placeOf({ addresses, assembler }: PhaseAssembly, signal: Signal): Place {
  if (signal.kind === 'fixed') return assembler.constant(signal.value);
  const address = (addresses.get(signal.bank) ?? 0) + signal.first;
  return { address, stride: signal.size > 1 ? 1 : 0, constant: false };
}

export const bankAt = ({ addresses }: PhaseAssembly, id: string): Place => ({
  address: addresses.get(id) ?? 0,
  stride: 1,
  constant: false,
});
