import type { Design } from '../design/design.ts';
import { type Outcome, success } from '../design/problem.ts';
import { sizeNetwork } from '../graph/size-network.ts';
import { arrayMaps } from '../hardware/array-map.ts';
import { realiseNetwork } from '../hardware/realise.ts';
import { randomStream } from '../math/random.ts';
import { matchTensors } from '../weights/match.ts';
import type { Result, ResultTable } from './result.ts';
import { tensorForms } from './weights.ts';

/**
 * The arrays of a result, crossing by crossing, as they are in the first trial on each hardware of its experiment:
 * tables of kind `map` whose axes are the lines with what they carry. `design` is the one that the result is of. Not
 * part of a result, since an array of 1024 × 1024 is far larger than all else; the same result gives the same maps.
 */
export function crossbarMaps(design: Design, result: Result): Outcome<readonly ResultTable[]> {
  const experiment = design.experiments.find(({ name }) => name === result.experiment);
  if (experiment?.network === undefined || experiment.infer === undefined) return success([]);
  const network = sizeNetwork(design, experiment.network);
  if (!network.ok) return network;
  const forms = tensorForms(network.value);
  const matched = matchTensors(result.weights, forms, 'the result');
  if (!matched.ok) return matched;
  const weights = new Map(forms.map(({ name }, at) => [name, matched.value[at]]));
  const tables: ResultTable[] = [];
  for (const hardware of experiment.infer.hardware) {
    const realised = realiseNetwork(network.value, design, hardware);
    if (!realised.ok) return realised;
    const { seed } = result.provenance;
    const maps: Outcome<readonly ResultTable[]>[] = [];
    realised.value.write(
      weights,
      { seed, trial: randomStream(seed, 'trial', hardware, 0) },
      {
        tensor: () => {},
        parameter: () => {},
        devices: (array, wanted, actual) => maps.push(arrayMaps(array, wanted, actual)),
      },
    );
    for (const map of maps) {
      if (!map.ok) return map;
      for (const table of map.value)
        tables.push({ ...table, id: `${hardware}.${table.id}`, title: `${table.title} on ${hardware}` });
    }
  }
  return success(tables);
}
