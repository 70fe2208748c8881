import type { Design } from '../design/design.ts';
import { type Outcome, success } from '../design/problem.ts';
import { sizeNetwork } from '../graph/size-network.ts';
import type { ActualArray } from '../hardware/array-errors.ts';
import { type ArrayCircuit, arrayCircuits, arrayMaps } from '../hardware/array-map.ts';
import type { TargetArray, WeightArray } from '../hardware/array-targets.ts';
import { realiseNetwork } from '../hardware/realise.ts';
import { randomStream } from '../math/random.ts';
import { writeArrayNetlist } from '../spice/array-netlist.ts';
import { matchTensors } from '../weights/match.ts';
import type { Result, ResultTable } from './result.ts';
import { tensorForms } from './weights.ts';

/**
 * The arrays of a result, crossing by crossing, as they are in the first trial on each hardware of its experiment:
 * tables of kind `map` whose axes are the lines with what they carry. `design` is the one that the result is of. Not
 * part of a result, since an array of 1024 × 1024 is far larger than all else; the same result gives the same maps.
 */
export function crossbarMaps(design: Design, result: Result): Outcome<readonly ResultTable[]> {
  const tables: ResultTable[] = [];
  const problem = visitArrays(design, result, (hardware, array, wanted, actual) => {
    const maps = arrayMaps(array, wanted, actual);
    if (!maps.ok) return maps;
    for (const table of maps.value)
      tables.push({ ...table, id: `${hardware}.${table.id}`, title: `${table.title} on ${hardware}` });
    return maps;
  });
  return problem.ok ? success(tables) : problem;
}

/** A crossbar array of a result as a netlist of its own. */
export interface ArrayNetlist extends ArrayCircuit {
  /** `HardwareDesign.name`. */
  readonly hardware: string;
  readonly text: string;
}

/** The same arrays as netlists for ngspice, each by itself; see {@link writeArrayNetlist}. */
export function crossbarNetlists(design: Design, result: Result): Outcome<readonly ArrayNetlist[]> {
  const netlists: ArrayNetlist[] = [];
  const visited = visitArrays(design, result, (hardware, array, _wanted, actual) => {
    const title = `Experiment ${result.experiment} on ${hardware}, first trial, seed ${result.provenance.seed}`;
    for (const circuit of arrayCircuits(array, actual))
      netlists.push({ ...circuit, hardware, text: writeArrayNetlist(title, circuit) });
    return success(netlists);
  });
  return visited.ok ? success(netlists) : visited;
}

type Visit = (
  hardware: string,
  array: WeightArray,
  wanted: TargetArray,
  actual: ActualArray,
) => Outcome<unknown>;

/** Realises the weights of a result once more, as in the first trial on each hardware, and shows every array. */
function visitArrays(design: Design, result: Result, visit: Visit): Outcome<unknown> {
  const experiment = design.experiments.find(({ name }) => name === result.experiment);
  if (experiment?.network === undefined || experiment.infer === undefined) return success([]);
  const network = sizeNetwork(design, experiment.network);
  if (!network.ok) return network;
  const forms = tensorForms(network.value);
  const matched = matchTensors(result.weights, forms, 'the result');
  if (!matched.ok) return matched;
  const weights = new Map(forms.map(({ name }, at) => [name, matched.value[at]]));
  for (const hardware of experiment.infer.hardware) {
    const realised = realiseNetwork(network.value, design, hardware);
    if (!realised.ok) return realised;
    const { seed } = result.provenance;
    const visits: Outcome<unknown>[] = [];
    realised.value.write(
      weights,
      { seed, trial: randomStream(seed, 'trial', hardware, 0) },
      {
        tensor: () => {},
        parameter: () => {},
        devices: (array, wanted, actual) => visits.push(visit(hardware, array, wanted, actual)),
      },
    );
    const failed = visits.find(({ ok }) => !ok);
    if (failed) return failed;
  }
  return success([]);
}
