import type { BlockDesign, Expression } from '../design/design.ts';
import { signalPorts } from '../hardware/circuits.ts';
import { spiceExpression } from './expression.ts';

/** Farads on which the state of a circuit with a pole is kept; any value does, the currents follow it. */
const stateCapacitance = 1e-9;

/** Volts that stand for one ampere where a block reads a current. */
export const voltsPerAmpere = 1e6;

/**
 * A block as a subcircuit: pins are its signal ports and its output, parameters what its equations name. With `pole`
 * the output follows the equations as `dy/dt = 2π·pole·(F - y)`, limited to `slewRate`.
 */
export interface BlockSubcircuit {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly lines: readonly string[];
}

export function blockSubcircuit(block: BlockDesign, hasPole: boolean): BlockSubcircuit {
  const ports = signalPorts(block);
  const name = `${block.name}${hasPole ? '' : '_static'}`;
  const locals = new Set(block.equations.map((equation) => equation.name));
  const used = new Set(block.equations.flatMap(({ value }) => referencesOf(value)));
  for (const local of locals) used.delete(local);
  for (const port of ports) used.delete(port.name);
  const parameters = [...used].sort();
  const nameOf = (reference: string): string => {
    const port = ports.find((candidate) => candidate.name === reference);
    if (port) return port.unit === 'A' ? `(V(${pin(reference)})/${voltsPerAmpere})` : `V(${pin(reference)})`;
    if (locals.has(reference)) return `V(${local(reference, block)})`;
    return `{${parameterName(reference)}}`;
  };
  const dynamics = hasPole ? ['pole=1', 'slewRate=1e300', 'start=0'] : [];
  const formal = [...parameters.map((parameter) => `${parameterName(parameter)}=0`), ...dynamics];
  const equations = block.equations.map(
    (equation) =>
      `B${equation.name} ${equation.name === block.output.name && !hasPole ? 'y' : local(equation.name, block)} 0 V=${spiceExpression(equation.value, nameOf)}`,
  );
  const follow = [
    `Bfollow 0 y I=${stateCapacitance}*min(max(6.283185307179586*{pole}*(V(${local(block.output.name, block)})-V(y)),-{slewRate}),{slewRate})`,
    `Cstate y 0 ${stateCapacitance} ic={start}`,
  ];
  return {
    name,
    parameters,
    lines: [
      `* ${block.name}(${ports.map((port) => `${port.name}: ${port.unit}`).join(', ')}) -> ${block.output.name}: ${block.output.unit}`,
      `.subckt ${name} ${ports.map((port) => pin(port.name)).join(' ')} y ${formal.join(' ')}`,
      ...equations,
      ...(hasPole ? follow : []),
      `.ends ${name}`,
    ],
  };
}

export const parameterName = (name: string): string => name.replaceAll('.', '_');

const pin = (port: string): string => `p_${port}`;
const local = (name: string, { output }: BlockDesign): string =>
  name === output.name ? 'target' : `l_${name}`;

function referencesOf(expression: Expression): readonly string[] {
  switch (expression.op) {
    case 'reference':
      return [expression.name];
    case 'unary':
      return referencesOf(expression.of);
    case 'binary':
      return [...referencesOf(expression.left), ...referencesOf(expression.right)];
    case 'clamp':
      return [expression.of, expression.low, expression.high].flatMap(referencesOf);
    default:
      return [];
  }
}
