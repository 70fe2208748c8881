import { type BlockDesign, type HardwareDesign, type Role, suppliedPorts } from '../design/design.ts';
import type { NodeId } from '../graph/graph.ts';
import { type Circuit, type Clamped, inlineBlock, type MismatchDraw } from './block.ts';
import { type ConverterPlace, converterPorts, isConverter, watchClipping, watchInput } from './converters.ts';
import type { Cut } from './cuts.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** The circuits of one layer, as its rewriting asks for them. */
export interface Circuits {
  readonly hardware: HardwareDesign;
  readonly builder: GraphBuilder;
  readonly layer: string;
  /** The layer is evaluated at each time step. */
  readonly sequence: boolean;
  readonly blocks: ReadonlyMap<string, BlockDesign>;
  /** `calibration`: converters let everything pass, and are watched. */
  readonly purpose: 'use' | 'calibration';
  readonly converters: ConverterPlace[];
  /** Receives what output converters limit, where that is asked for. */
  readonly clipped?: Clamped[];
  /** Noise of converters that round at random, by circuit and signal. */
  readonly dithers: Map<string, NodeId>;
  /** By parameter name. */
  readonly draws: Map<string, MismatchDraw>;
  /** Roles that were asked for and have no block. */
  readonly unbound: Set<Role | 'vmm'>;
  /** Where the rewriting is to be cut open rather than evaluated, in the order in which signals run. */
  readonly cuts?: Cut[];
}

/** Ports that the hardware supplies by name, besides `unit`. */
export type SuppliedPorts = Readonly<Partial<Record<(typeof suppliedPorts)[number], NodeId>>>;

const activations: ReadonlySet<Role> = new Set<Role>(['sigmoid', 'hardSigmoid', 'tanh', 'relu']);

/**
 * The output of the block bound to a role, its signal ports wired in order; undefined where none is bound. `place`
 * tells the uses of a role in the layer apart: each place has circuits of its own, one per unit. Activation circuits
 * may be shared: across units, all units of a place have the mismatch of one circuit; across gates, all places of a
 * role and size have the same circuits.
 */
export function throughBlock(
  circuits: Circuits,
  role: Role,
  place: string | number,
  size: number,
  signals: readonly NodeId[],
  supplied: SuppliedPorts = {},
): NodeId | undefined {
  const { builder, hardware, blocks } = circuits;
  const use = hardware.bindings[role];
  const block = use && blocks.get(use.block);
  if (!block) {
    circuits.unbound.add(role);
    return undefined;
  }
  const circuit = circuitAt(circuits, role, place, size);
  const passed = isConverter(role) ? watchInput(circuits, role, block, circuit, signals[0]) : undefined;
  if (passed !== undefined) return passed;
  const ports: Record<string, NodeId> = {
    unit: builder.constant(hardware.scale),
    ...supplied,
    ...(isConverter(role) ? converterPorts(circuits, block, circuit, signals[0]) : {}),
  };
  signalPorts(block).forEach((port, index) => {
    ports[port.name] = signals[index];
  });
  const { output, draws, clamped, pole } = inlineBlock(builder, block, use, circuit, ports);
  if (isConverter(role) && !circuits.cuts) watchClipping(circuits, role, block, circuit, clamped);
  if (role === 'output') circuits.clipped?.push(...clamped);
  for (const draw of draws) circuits.draws.set(draw.parameter, draw);
  if (!circuits.cuts) return role === 'readout' ? settled(circuits, output, pole) : output;
  const node = builder.opaque(size);
  circuits.cuts.push({ kind: 'block', node, role, place, block, use, circuit, ports });
  return node;
}

/**
 * What a read-out stage has come to after `settling` from zero: `1 - exp(-2π·pole·settling)` of its output, where it has
 * one pole and does not slew.
 */
function settled({ builder, hardware }: Circuits, output: NodeId, pole: NodeId | undefined): NodeId {
  if (pole === undefined || hardware.settling === undefined) return output;
  const times = builder.binary('multiply', pole, builder.constant(-2 * Math.PI * hardware.settling));
  const left = builder.unary('exp', times);
  return builder.binary('multiply', output, builder.binary('subtract', builder.constant(1), left));
}

function circuitAt({ hardware, layer }: Circuits, role: Role, place: string | number, size: number): Circuit {
  const { units, gates } = activations.has(role) ? hardware.share : { units: false, gates: false };
  const name = gates ? `${layer}.${role}[all of ${size}]` : `${layer}.${role}[${place}]`;
  return { name, copies: units ? 1 : size };
}

/** Inputs of a block that the hardware does not supply, in order. */
export const signalPorts = (block: BlockDesign): BlockDesign['inputs'] =>
  block.inputs.filter((port) => !suppliedPorts.some((supplied) => supplied === port.name));
