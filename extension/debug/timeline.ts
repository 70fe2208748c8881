import type { CellDesign, Design, LayerDesign, NetworkDesign, Origin, Recording } from '@memloom/sim-core';

/** A recorded inference and the design that it is of. */
export interface Recorded {
  readonly design: Design;
  /** `ExperimentDesign.name`. */
  readonly experiment: string;
  readonly recording: Recording;
}

/** An equation of a layer that has just been evaluated at a time step; a layer that is no cell is one equation. */
export interface Stop {
  readonly step: number;
  readonly layer: string;
  /** `RecordedSignal.signal`. */
  readonly signal: string;
  /** Whether it gives a state its new value. */
  readonly next: boolean;
  readonly phase?: number;
  readonly origin?: Origin;
}

/** Every stop of the inference in the order of evaluation; a position is an index into them. */
export interface Timeline extends Recorded {
  readonly network: NetworkDesign;
  readonly stops: readonly Stop[];
  /** Position of a signal at a time step; undefined where it has none. */
  positionOf(layer: string, signal: string, step: number): number | undefined;
}

export function timelineOf(recorded: Recorded): Timeline {
  const network = networkOf(recorded);
  const stops: Stop[] = [];
  const positions = new Map<string, number>();
  const { passes, steps, end } = recorded.recording;
  for (const { kind, layers } of passes) {
    const equations = equationsOf(recorded, network, new Set(layers));
    for (let turn = 0; turn < (kind === 'once' ? 1 : steps); turn++) {
      const step = kind === 'forward' ? turn : steps - 1 - (kind === 'backward' ? turn : 0);
      for (const equation of equations) {
        positions.set(keyOf(equation.layer, equation.signal, step), stops.length);
        stops.push({ ...equation, step });
      }
    }
  }
  const last = end && positions.get(keyOf(end.layer, end.signal, end.step));
  return {
    ...recorded,
    network,
    stops: last === undefined ? stops : stops.slice(0, last + 1),
    positionOf: (layer, signal, step) => positions.get(keyOf(layer, signal, step)),
  };
}

const keyOf = (layer: string, signal: string, step: number): string => `${layer}.${signal}@${step}`;

function networkOf({ design, experiment }: Recorded): NetworkDesign {
  const name = design.experiments.find((one) => one.name === experiment)?.network;
  const network = design.networks.find((one) => one.name === name);
  if (network === undefined) throw new Error(`Experiment ${experiment} was recorded without a network.`);
  return network;
}

function equationsOf(
  { design, recording }: Recorded,
  network: NetworkDesign,
  layers: ReadonlySet<string>,
): readonly Omit<Stop, 'step'>[] {
  return recording.signals
    .filter(({ layer }) => layers.has(layer))
    .map(({ layer: name, signal, phase }) => {
      const layer = network.layers.find((one) => one.name === name);
      const equation = layer && cellOf(design, layer)?.equations.find((one) => one.name === signal);
      const { origin = layer?.origin, next = false } = equation ?? {};
      return { layer: name, signal, next, phase, origin };
    });
}

/** The cell that a layer is an instance of. */
export const cellOf = ({ cells }: Design, layer: LayerDesign): CellDesign | undefined =>
  layer.kind === 'cell' ? cells.find(({ name }) => name === layer.cell) : undefined;

export const layerOf = ({ network }: Timeline, name: string): LayerDesign | undefined =>
  network.layers.find((layer) => layer.name === name);
