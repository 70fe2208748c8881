import {
  type AnalysisDesign,
  type CrossbarDesign,
  type DeviceDesign,
  designVersion,
  type ExpectationDesign,
  type Result,
  type ResultTable,
  type RunRequest,
  run,
  type SweepDesign,
  type Values,
} from '../../../sim-core/index.ts';

/** A device of the catalogue, with the values that differ from its defaults. */
export const device = (name: string, model: string, values: Values = {}): DeviceDesign => ({
  id: `device:${name}`,
  name,
  model,
  parameters: Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'number' ? { kind: 'number', value } : { kind: 'word', value },
    ]),
  ),
  array: { gOn: 1e-4, gOff: 1e-6, stuckOn: 0, stuckOff: 0 },
});

/** An experiment that consists of these analyses. */
export const request = (
  devices: readonly DeviceDesign[],
  analyses: readonly AnalysisDesign[],
  changes: {
    readonly seed?: number;
    readonly expectations?: readonly ExpectationDesign[];
    readonly sweep?: SweepDesign;
    readonly crossbars?: readonly CrossbarDesign[];
    readonly files?: Readonly<Record<string, Uint8Array>>;
  } = {},
): RunRequest => ({
  design: {
    version: designVersion,
    devices,
    crossbars: changes.crossbars ?? [],
    blocks: [],
    cells: [],
    hardware: [],
    networks: [],
    datasets: [],
    experiments: [
      {
        id: 'experiment:bench',
        name: 'bench',
        seed: changes.seed ?? 1,
        analyses,
        expectations: changes.expectations ?? [],
        ...(changes.sweep ? { sweep: changes.sweep } : {}),
      },
    ],
  },
  experiment: 'bench',
  files: changes.files ?? {},
  version: '0.0.0-test',
});

export function resultOf(wanted: RunRequest): Result {
  const outcome = run(wanted);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.value;
}

export function tableOf({ tables }: Result, id: string): ResultTable {
  const found = tables.find((table) => table.id === id);
  if (!found) throw new Error(`There is no table ${id}, only ${tables.map((table) => table.id).join(', ')}.`);
  return found;
}

export function columnOf(table: ResultTable, name: string): Float64Array {
  const found = table.columns.find((column) => column.name === name);
  if (!found) throw new Error(`${table.id} has no column ${name}.`);
  return found.values;
}

export function measured({ measurements }: Result, name: string): number {
  const found = measurements.find((measurement) => measurement.name === name);
  if (!found) throw new Error(`There is no measurement ${name}.`);
  return found.value;
}
