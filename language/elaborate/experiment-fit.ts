import type * as ast from '../generated/ast.ts';
import { boundSize } from '../types/dimensions/linear-form.ts';
import { evaluateConstant } from './constants.ts';
import type { Context } from './context.ts';
import { readSize } from './read-size.ts';

/** Whether the data has as many features as the network has inputs. */
export function checkFit(
  experiment: ast.Experiment,
  network: ast.Network,
  dataset: ast.Dataset,
  { report }: Context,
): void {
  const sizes = network.inputs.map((port) => boundSize(readSize(port.size), new Map()));
  const inputs = sizes.reduce<number | undefined>(
    (sum, size) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  );
  const features = featureCount(dataset);
  if (inputs === undefined || features === undefined || inputs === features) return;
  const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
  report(
    'data.features',
    { node: experiment, property: 'name' },
    {
      dataset: dataset.name,
      features: plural(features, 'feature'),
      network: network.name,
      inputs: plural(inputs, 'input'),
      ...(window(dataset) === inputs && features === 1
        ? {
            because: `The ${inputs} past values of the window enter one after another, one at each time step: write ${network.inputs[0].name}: [1].`,
          }
        : {}),
    },
    [
      {
        place: { node: dataset, property: 'name' },
        message: `${dataset.name} has ${plural(features, 'feature')}.`,
      },
      {
        place: { node: network.inputs[0] ?? network },
        message: `${network.name} takes ${plural(inputs, 'input')}.`,
      },
    ],
  );
}

/** Time steps of a window as the text gives them. */
function window(dataset: ast.Dataset): number | undefined {
  const property = dataset.body?.properties.find(({ parameter }) => parameter?.$refText === 'window');
  const value = property && evaluateConstant(property.values[0], () => undefined);
  return value?.kind === 'number' ? value.value : undefined;
}

/** Features at each time step: the columns of a table; a series has one. */
function featureCount(dataset: ast.Dataset): number | undefined {
  const given = (name: string) =>
    dataset.body?.properties.find((property) => property.parameter?.$refText === name);
  const columns = given('columns');
  if (columns) return columns.values.length;
  return dataset.generator || given('column') || given('format') || given('target') ? 1 : undefined;
}
