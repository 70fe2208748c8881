import type { Design, DeviceArrayProperties, HardwareDesign, Role } from '../design/design.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import type { SizedLayer, SizedNetwork } from '../graph/graph.ts';
import type { Draw, WeightRealisation } from '../program/realisation.ts';
import type { ArraySummary } from '../run/result.ts';
import { type ArraySink, arrayWriter } from './array.ts';
import { noisesOf } from './array-errors.ts';
import type { WeightArray, Weights } from './array-targets.ts';
import type { MismatchDraw } from './block.ts';
import { type Calibration, calibrator, nominalDesign } from './calibration.ts';
import { type BoundHardware, bindHardware } from './checks.ts';
import type { Circuits } from './circuits.ts';
import type { ConverterPlace, LayerConverter } from './converters.ts';
import { deviceLaw } from './device-law.ts';
import { drawAround } from './distribution.ts';
import { drawStreams } from './draw.ts';
import { leastDummyRows } from './dummy-rows.ts';
import { graphBuilder } from './graph-builder.ts';
import { idlePulses } from './idle-pulses.ts';
import { type ArrayLayout, layoutOf } from './layout.ts';
import { once } from './once.ts';
import { programRealisation } from './program-realisation.ts';
import { pruned } from './prune.ts';
import { stressOf } from './pulse-writing.ts';
import { areJoined } from './read-out.ts';
import { hasCircuits, rewriteLayer } from './rewrite-layer.ts';
import { sizeProblem } from './size-problem.ts';
import { summarise } from './summary.ts';

/** A network on hardware. */
export interface RealisedNetwork {
  /** The network rewritten; its tensors and parameters are written by {@link realisation}. */
  readonly network: SizedNetwork;
  /** One array per layer that has weights. */
  readonly layouts: readonly ArrayLayout[];
  readonly realisation: WeightRealisation;
  /** What `realisation.apply` writes into a program, handed to a sink instead. */
  write(weights: Weights, draw: Draw, sink: ArraySink): void;
  /** How given weights sit in the arrays, and what does not fit. */
  summary(weights: Weights): {
    readonly arrays: readonly ArraySummary[];
    readonly warnings: readonly Problem[];
  };
  /** Signals that tell where converters clip. */
  readonly converters: readonly LayerConverter[];
  /** What is simulated ideally although it is hardware, and pulses that write nothing. */
  readonly warnings: readonly Problem[];
}

/**
 * The behavioural fidelity: `network` (as `sizeNetwork` gives it) on a hardware of the design. Each layer that has
 * weights has an instance of the crossbar of its own, its operands on the word lines and its gates on the bit lines.
 *
 * Fails with `hardware.*`, `device.*` and `crossbar.*` problems: names that do not exist, blocks whose ports do not
 * fit, values that cannot be, an array larger than the crossbar.
 */
export function realiseNetwork(
  network: SizedNetwork,
  design: Design,
  hardware: string,
): Outcome<RealisedNetwork> {
  const realised = realiseFor('use', network, design, hardware);
  if (!realised.ok || realised.value.converters.every(({ fullScale }) => fullScale === undefined))
    return realised;
  const nominal = realiseFor('calibration', network, nominalDesign(design), hardware);
  if (!nominal.ok) return nominal;
  const calibrate = calibrator(nominal.value);
  return success({
    ...realised.value,
    realisation: { ...realised.value.realisation, calibrate },
  });
}

function realiseFor(
  purpose: Circuits['purpose'],
  network: SizedNetwork,
  design: Design,
  hardware: string,
): Outcome<RealisedNetwork & Calibration> {
  const bound = bindHardware(design, hardware);
  if (!bound.ok) return bound;
  const layers = network.layers.map((layer) => realiseLayer(layer, bound.value, purpose));
  const arrays = layers.flatMap(({ array }) => (array ? [array] : []));
  const misfits = arrays.flatMap(
    (array) => sizeProblem(array.layout, array.crossbar, leastDummyRows(array.crossbar)) ?? [],
  );
  if (misfits.length > 0) return failure(...misfits);
  const draws = layers.flatMap((layer) => layer.draws);
  const ideal = layers.flatMap(({ ideal }) => ideal);
  const write = errorWriter(bound.value.hardware, arrays, draws, ideal);
  return success({
    network: { ...network, layers: layers.map((layer) => layer.layer) },
    layouts: arrays.map(({ layout }) => layout),
    realisation: programRealisation(write, arrays, ideal),
    write,
    summary: (weights) => summarise(arrays, weights, hardware),
    converters: layers.flatMap(({ layer, converters }) =>
      converters.map((converter) => ({ ...converter, layer: layer.name })),
    ),
    rule: bound.value.hardware,
    warnings: idealisations(bound.value, layers),
  });
}

interface RealisedLayer {
  readonly layer: SizedLayer;
  readonly array: WeightArray | undefined;
  /** Tensors that no crossbar holds. */
  readonly ideal: readonly string[];
  readonly draws: readonly MismatchDraw[];
  readonly unbound: ReadonlySet<Role | 'vmm'>;
  readonly converters: readonly ConverterPlace[];
}

function realiseLayer(
  layer: SizedLayer,
  { hardware, array, blocks }: BoundHardware,
  purpose: Circuits['purpose'],
): RealisedLayer {
  const circuits: Circuits = {
    hardware,
    builder: graphBuilder(),
    layer: layer.name,
    sequence: layer.time === 'sequence',
    blocks,
    purpose,
    converters: [],
    dithers: new Map(),
    draws: new Map(),
    unbound: new Set(),
  };
  if (!hasCircuits(layer))
    return { layer, array: undefined, ideal: [], draws: [], unbound: circuits.unbound, converters: [] };
  const layout = array && layoutOf(layer, array.crossbar, leastDummyRows(array.crossbar));
  const weights = array && layout && weightArray(array, layout, hardware);
  const graph = rewriteLayer(
    layer,
    circuits,
    weights && { ...weights, noises: noisesOf(weights), isOhmic: weights.crossing.isOhmic },
  );
  return {
    layer: { ...layer, graph: pruned(graph) },
    array: weights,
    ideal: layout ? [] : layer.graph.tensors.map(({ name }) => name),
    draws: [...circuits.draws.values()],
    unbound: circuits.unbound,
    converters: circuits.converters,
  };
}

function weightArray(
  { crossbar, device, crossing, writer }: NonNullable<BoundHardware['array']>,
  layout: ArrayLayout,
  { scale, bindings }: HardwareDesign,
): WeightArray {
  const law = deviceLaw(device.array, device.model);
  const noises = noisesOf({ device: device.array, law });
  const isJoined =
    crossing.isOhmic && areJoined(crossbar, layout.arrangement, noises, bindings.readout !== undefined);
  const stress = stressOf(device, crossbar.vRead);
  return { layout, crossbar, device: device.array, law, crossing, writer, stress, scale, isJoined };
}

/** One trial: every error of every array and circuit, each kind from a stream of its own. */
function errorWriter(
  hardware: HardwareDesign,
  arrays: readonly WeightArray[],
  draws: readonly MismatchDraw[],
  ideal: readonly string[],
): RealisedNetwork['write'] {
  // Writers hold arrays of every device's conductance: none is made before the first trial.
  const writers = once(() => arrays.map(arrayWriter));
  const scratch = new Float64Array(Math.max(0, ...draws.map(({ copies }) => copies)));
  return (weights, draw, sink) => {
    for (const [name, value] of draw.fullScales ?? []) sink.parameter(name, Float64Array.of(value));
    const streamOf = drawStreams(hardware, draw);
    for (const [index, writer] of writers().entries()) {
      const { layer } = arrays[index].layout;
      const streams = {
        device: streamOf('chip', `device/${layer}`),
        stuck: streamOf('chip', `stuck/${layer}`),
        programming: streamOf('writing', `programming/${layer}`),
        drift: streamOf('writing', `drift/${layer}`),
        flicker: streamOf('reading', `flicker/${layer}`),
      };
      writer(weights, streams, sink);
    }
    for (const name of ideal) {
      const values = weights.get(name);
      if (values) sink.tensor(name, values);
    }
    for (const { parameter, copies, distribution, low, high } of draws) {
      const values = streamOf('chip', `mismatch/${parameter}`);
      for (let copy = 0; copy < copies; copy++)
        scratch[copy] = Math.min(high, Math.max(low, drawAround(distribution.mean, distribution, values)));
      sink.parameter(parameter, scratch.subarray(0, copies));
    }
  };
}

/** Converters are a choice, not a need: analog signals may drive word lines and leave the array as they are. */
const optionalRoles: ReadonlySet<string> = new Set<Role>(['input', 'output']);

function idealisations(
  { hardware, array }: BoundHardware,
  layers: readonly RealisedLayer[],
): readonly Problem[] {
  const roles = [...new Set(layers.flatMap(({ unbound }) => [...unbound]))].filter(
    (role) => !optionalRoles.has(role),
  );
  const warnings: Problem[] = [];
  if (roles.length > 0)
    warnings.push({
      code: 'hardware.unbound',
      message: `On hardware "${hardware.name}" nothing realises ${roles.join(', ')}: evaluated ideally.`,
      hint: `Bind ${roles.length === 1 ? 'it' : 'them'}, as in "${roles[0]} on BLOCK".`,
      origin: hardware.origin,
    });
  if (array && !heeds(array.device.array))
    warnings.push({
      code: 'device.temperature',
      message: `The temperature of "${array.device.name}" has no effect: its drift has no activation energy.`,
      hint: 'Write "activationEnergy = …", or leave the temperature at the reference.',
      origin: array.device.origin,
    });
  if (array) warnings.push(...idlePulses(array.device, array.crossbar.vRead));
  return warnings;
}

/** Whether a temperature other than the drift's has the activation energy that it takes. */
const heeds = ({ conditions }: DeviceArrayProperties): boolean =>
  !conditions ||
  conditions.temperature === conditions.referenceTemperature ||
  conditions.activationEnergy !== undefined;
