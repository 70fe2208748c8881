import type {
  CircuitElement,
  HoldElement,
  MemoryElement,
  MultiplexedElement,
  OperationElement,
  Signal,
  StageElement,
  Values,
} from '../circuit/circuit.ts';
import { signalPorts } from '../hardware/circuits.ts';
import { blockSubcircuit, parameterName } from './block-subcircuit.ts';
import { writeCapacitor } from './capacitors.ts';
import { spiceExpression, spiceNumber } from './expression.ts';
import { writeLine } from './lines.ts';
import { during, stepSource } from './timing.ts';
import { type NetlistWriter, nodeAt, nodesOf, parameterText, plainName, voltageAt } from './writer.ts';

/** The lines of one element; `drive` gives the voltages of an input's element, one per time step. */
export function writeElement(
  writer: NetlistWriter,
  element: CircuitElement,
  drive: (input: string, k: number) => readonly number[],
): void {
  const { lines, timing } = writer;
  switch (element.kind) {
    case 'input':
      nodesOf(writer, element.output).forEach((node, k) => {
        lines.push(stepSource(`in_${node}`, node, drive(element.input, k), timing));
      });
      break;
    case 'operation':
      writeOperation(writer, element);
      break;
    case 'join': {
      const nodes = nodesOf(writer, element.output);
      let to = 0;
      for (const input of element.inputs) {
        const size = input.kind === 'nodes' ? input.size : 1;
        for (let k = 0; k < size; k++, to++)
          lines.push(`Bjoin_${nodes[to]} ${nodes[to]} 0 V=${voltageAt(writer, input, k)}`);
      }
      break;
    }
    case 'stage':
      nodesOf(writer, element.output).forEach((node, k) => {
        const pins = signalPorts(blockOf(writer, element.block)).map((port) =>
          nodeAt(writer, element.inputs[port.name], k, `${node}_${port.name}`),
        );
        writeInstance(writer, element, node, pins, k);
      });
      break;
    case 'multiplexed':
      writeMultiplexed(writer, element);
      break;
    case 'hold':
      writeHold(writer, element);
      break;
    case 'memory':
      writeMemory(writer, element);
      break;
    case 'line':
      writeLine(writer, element);
      break;
  }
}

function writeOperation(
  writer: NetlistWriter,
  { inputs, values, expression, output }: OperationElement,
): void {
  nodesOf(writer, output).forEach((node, k) => {
    const value = spiceExpression(expression, (name) =>
      inputs[name] ? voltageAt(writer, inputs[name], k) : spiceNumber(Number(parameterText(values[name], k))),
    );
    writer.lines.push(`B${node} ${node} 0 V=${value}`);
  });
}

type Instance = Pick<StageElement, 'block' | 'parameters' | 'dynamics'>;

export const blockOf = ({ circuit }: NetlistWriter, name: string) => {
  const block = circuit.blocks.find((candidate) => candidate.name === name);
  if (!block) throw new Error(`The circuit has no block "${name}".`);
  return block;
};

/** One copy of a block, its output at `node`. */
function writeInstance(
  writer: NetlistWriter,
  { block: blockName, parameters, dynamics }: Instance,
  node: string,
  pins: readonly string[],
  k: number,
  start = 0,
): void {
  const hasPole = dynamics.pole !== undefined;
  const { name, parameters: formal } = blockSubcircuit(blockOf(writer, blockName), hasPole);
  const text = (parameter: string, values: Values | undefined) =>
    values === undefined ? [] : [`${parameterName(parameter)}=${parameterText(values, k)}`];
  const given = [
    ...formal.flatMap((parameter) => text(parameter, parameters[parameter])),
    ...(hasPole ? [...text('pole', dynamics.pole), ...text('slewRate', dynamics.slewRate)] : []),
    ...(hasPole && start !== 0 ? [`start=${start}`] : []),
  ];
  writer.lines.push(`X${node} ${[...pins, node].join(' ')} ${name} ${given.join(' ')}`.trimEnd());
}

/** Shared circuits are written with the first element that they serve. */
function writeMultiplexed(writer: NetlistWriter, element: MultiplexedElement): void {
  const { circuit, lines } = writer;
  const sharing = circuit.elements.filter(
    (other): other is MultiplexedElement => other.kind === 'multiplexed' && other.circuit === element.circuit,
  );
  const core = plainName(`shared_${element.circuit}`);
  if (sharing[0] === element) {
    const slots = sharing.flatMap((each) => each.slots).sort((a, b) => a.phase - b.phase);
    for (let k = 0; k < element.copies; k++) {
      const pins = signalPorts(blockOf(writer, element.block)).map((port) => {
        const pin = `${core}_${port.name}_${k}`;
        const inputs = slots.map((slot, index) => ({
          phases: servedPhases(slots, index, circuit.phases.length),
          signal: slot.inputs[port.name],
        }));
        lines.push(`B${pin} ${pin} 0 V=${selected(writer, inputs, k)}`);
        return pin;
      });
      writeInstance(writer, element, `${core}_${k}`, pins, k);
    }
  }
  for (const { phase, output } of element.slots) {
    if (output.kind !== 'nodes') continue;
    for (let k = 0; k < output.size; k++) {
      const node = nodesOf(writer, output.bank)[output.first + k];
      writeCapacitor(writer, node, node, element.hold, {
        source: `V(${core}_${element.copies > 1 ? k : 0})`,
        control: during([phase], circuit.phases.length),
        resistance: element.dynamics.outputResistance,
        unit: k,
        initial: 0,
        closing: { phase, every: 1, first: 0 },
      });
    }
  }
}

/** The phases during which shared circuits are wired to a slot: from its own until the next slot's, in a time step that repeats. */
function servedPhases(
  slots: readonly { readonly phase: number }[],
  index: number,
  count: number,
): readonly number[] {
  const from = slots[index].phase;
  const next = slots[(index + 1) % slots.length].phase;
  const length = slots.length === 1 ? count : (next - from + count) % count;
  return Array.from({ length }, (_, k) => (from + k) % count);
}

/** The signal whose phases it is. */
export function selected(
  writer: NetlistWriter,
  inputs: readonly { readonly phases: readonly number[]; readonly signal: Signal }[],
  k: number,
): string {
  const count = writer.circuit.phases.length;
  return inputs
    .filter(({ phases }) => phases.length > 0)
    .map(({ phases, signal }) => {
      const control = during(phases, count);
      const voltage = voltageAt(writer, signal, k);
      return control === '1' ? voltage : `${control}*${voltage}`;
    })
    .join('+');
}

function writeHold(writer: NetlistWriter, element: HoldElement): void {
  nodesOf(writer, element.output).forEach((node, k) => {
    writeCapacitor(writer, node, node, element.hold, {
      source: voltageAt(writer, element.input, k),
      control: during([element.phase], writer.circuit.phases.length),
      resistance: element.sourceResistance,
      unit: k,
      initial: 0,
      closing: { phase: element.phase, every: 1, first: 0 },
    });
  });
}

/** Two capacitors, each with its buffer, that take turns: `a` is charged in even time steps and read in odd ones. */
function writeMemory(writer: NetlistWriter, element: MemoryElement): void {
  const { lines, circuit } = writer;
  const next = nodesOf(writer, element.next);
  const previous = element.previous === '' ? undefined : nodesOf(writer, element.previous);
  const closed = during([element.phase], circuit.phases.length);
  next.forEach((node, k) => {
    for (const side of ['a', 'b'] as const) {
      const even = side === 'a' ? 'V(even)' : '(1-V(even))';
      const capacitor = `${node}_held_${side}`;
      writeCapacitor(writer, capacitor, capacitor, element.hold, {
        source: voltageAt(writer, element.input, k),
        control: `${closed}*${even}`,
        resistance: element.sourceResistance,
        unit: k,
        initial: side === 'a' ? 0 : Number(parameterText(element.charged, k)),
        closing: { phase: element.phase, every: 2, first: side === 'a' ? 0 : 1 },
      });
      writeInstance(
        writer,
        element,
        `${node}_read_${side}`,
        [capacitor],
        k,
        side === 'a' ? 0 : element.initial,
      );
    }
    const [a, b] = [`V(${node}_read_a)`, `V(${node}_read_b)`];
    lines.push(`B${node} ${node} 0 V=V(even)*${a}+(1-V(even))*${b}`);
    if (previous) lines.push(`B${previous[k]} ${previous[k]} 0 V=V(even)*${b}+(1-V(even))*${a}`);
  });
}
