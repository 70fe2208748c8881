import type { BlockDesign, Role } from '../design/design.ts';
import type { NodeId } from '../graph/graph.ts';
import type { Circuit, Clamped } from './block.ts';
import type { Circuits, SuppliedPorts } from './circuits.ts';

/** Converters between the analog and the digital side: `input` at word lines, `output` behind bit lines. */
export type ConverterRole = 'input' | 'output';

export const isConverter = (role: Role): role is ConverterRole => role === 'input' || role === 'output';

/** A signal of a layer's graph by which a bank of converters is watched. */
export interface ConverterPlace {
  readonly role: ConverterRole;
  /** `BlockDesign.name`, or of the drivers of a bit-serial input `CrossbarDesign.name`. */
  readonly block: string;
  /** What it converts: an operand, or the gate that it is behind. */
  readonly place: string;
  /** Name of the probe. In use it is above zero where the converter clips; for calibration it is its input. */
  readonly signal: string;
  readonly node: NodeId;
  /** Parameter that holds its full scale, where that is calibrated. */
  readonly fullScale: string | undefined;
}

/** With the layer that it serves. */
export type LayerConverter = ConverterPlace & { readonly layer: string };

const has = ({ inputs }: BlockDesign, port: string): boolean => inputs.some(({ name }) => name === port);

/** The full scale, one for the bank, is a parameter; the dither is new for each conversion, uniform in -0.5 .. 0.5. */
export function converterPorts(
  { builder, dithers }: Circuits,
  block: BlockDesign,
  { name }: Circuit,
  signal: NodeId,
): SuppliedPorts {
  const ditherOf = () => {
    // A signal that several gates use is converted once.
    const key = `${name} ${signal}`;
    const known = dithers.get(key);
    if (known !== undefined) return known;
    const size = builder.sizeOf(signal);
    // Conversions of other signals by the same converter, as in other cycles, are random by themselves.
    const others = [...dithers.keys()].filter((other) => other.startsWith(`${name} `)).length;
    const stream = others === 0 ? `${name}.dither` : `${name}.dither${others}`;
    const node = builder.add({ op: 'noise', stream, uniform: true, size });
    dithers.set(key, node);
    return node;
  };
  return {
    ...(has(block, 'fullScale') ? { fullScale: builder.parameter(fullScaleOf(name), 1) } : {}),
    ...(has(block, 'dither') ? { dither: ditherOf() } : {}),
  };
}

const fullScaleOf = (circuit: string): string => `${circuit}.fullScale`;

/** For calibration a converter with a full scale lets its signal pass and is watched; undefined for any other. */
export function watchInput(
  circuits: Circuits,
  role: ConverterRole,
  block: BlockDesign,
  circuit: Circuit,
  signal: NodeId,
): NodeId | undefined {
  if (circuits.purpose !== 'calibration' || !has(block, 'fullScale')) return undefined;
  watch(circuits, role, block, circuit, signal);
  return signal;
}

/** In use: where any of the block's limits takes hold. */
export function watchClipping(
  circuits: Circuits,
  role: ConverterRole,
  block: BlockDesign,
  circuit: Circuit,
  clamped: readonly Clamped[],
): void {
  const { builder } = circuits;
  if (circuits.purpose !== 'use' || clamped.length === 0) return;
  const beyond = clamped.map(({ of, limited }) =>
    builder.unary('abs', builder.binary('subtract', of, limited)),
  );
  watch(
    circuits,
    role,
    block,
    circuit,
    beyond.reduce((sum, excess) => builder.binary('add', sum, excess)),
  );
}

/** In use: where an operand goes beyond the range that a crossbar streams bit by bit. */
export function watchRange(
  { converters, purpose }: Circuits,
  crossbar: string,
  place: string,
  beyond: NodeId,
): void {
  if (purpose !== 'use' || converters.some(({ node }) => node === beyond)) return;
  const signal = `${crossbar}.inputRange ${converters.length}`;
  converters.push({ role: 'input', block: crossbar, place, signal, node: beyond, fullScale: undefined });
}

function watch(
  { converters }: Circuits,
  role: ConverterRole,
  block: BlockDesign,
  { name }: Circuit,
  node: NodeId,
): void {
  if (converters.some((known) => known.node === node)) return;
  // The number of the row group in front of an operand's name tells lines apart, not readers.
  const place = name.slice(name.indexOf('[') + 1, -1).replace(/^\d+ /, '');
  const fullScale = has(block, 'fullScale') ? fullScaleOf(name) : undefined;
  // A state and its new value take turns at one converter.
  const signal = `${name} ${converters.length}`;
  converters.push({ role, block: block.name, place, signal, node, fullScale });
}
