import type {
  CrossbarDesign,
  DatasetDesign,
  Design,
  DeviceDesign,
  ExperimentDesign,
  HardwareDesign,
  NetworkDesign,
} from '@memloom/sim-core';

/** A network on a hardware, as an experiment or the network itself says. */
export interface Pair {
  readonly network: NetworkDesign;
  readonly hardware: HardwareDesign;
  /** The crossbar with its device; undefined where the hardware has none. */
  readonly array?: { readonly crossbar: CrossbarDesign; readonly device: DeviceDesign };
  /** The first experiment that says so. */
  readonly experiment?: ExperimentDesign;
  readonly dataset?: DatasetDesign;
}

/** A network in an experiment, on hardware or as it stands. */
export type NetworkUse = Omit<Pair, 'hardware'> & { readonly hardware?: HardwareDesign };

/** Every network on every hardware that a design names together, each once for each data set. */
export function pairsOf(design: Design): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  const find = <T extends { readonly name: string }>(list: readonly T[], name: string | undefined) =>
    list.find((item) => item.name === name);
  const put = (network: NetworkDesign, hardware: string, experiment?: ExperimentDesign): void => {
    const bound = find(design.hardware, hardware);
    if (!bound) return;
    const key = `${network.name} ${hardware} ${experiment?.data ?? ''}`;
    if (pairs.has(key)) return;
    const crossbar = find(design.crossbars, bound.crossbar);
    const device = find(design.devices, crossbar?.device);
    const dataset = find(design.datasets, experiment?.data);
    pairs.set(key, {
      network,
      hardware: bound,
      ...(crossbar && device ? { array: { crossbar, device } } : {}),
      ...(experiment ? { experiment } : {}),
      ...(dataset ? { dataset } : {}),
    });
  };
  for (const experiment of design.experiments) {
    const network = find(design.networks, experiment.network);
    if (!network) continue;
    for (const name of experiment.infer?.hardware ?? []) put(network, name, experiment);
    if (experiment.train?.on !== undefined) put(network, experiment.train.on, experiment);
  }
  const tried = new Set(
    [...pairs.values()].map(({ network, hardware }) => `${network.name} ${hardware.name}`),
  );
  for (const network of design.networks)
    if (network.hardware !== undefined && !tried.has(`${network.name} ${network.hardware}`))
      put(network, network.hardware);
  return [...pairs.values()];
}
