import type { ProgrammingDesign } from '../design/design.ts';
import { type Outcome, success } from '../design/problem.ts';
import { writeVerify } from '../devices/programming.ts';
import type { StatisticalModel } from '../devices/statistical/statistical-model.ts';
import type { Measurement, ResultTable } from '../run/result.ts';
import type { Analysis } from './analysis.ts';
import type { Bench } from './characterize.ts';
import { histogramTable } from './histogram.ts';
import { quantityText } from './quantity-text.ts';
import { specimen } from './specimen.ts';

/** What programming made of one device. */
interface Written {
  readonly target: number;
  readonly device: number;
  readonly conductance: number;
  readonly pulses: number;
  readonly reached: boolean;
}

/**
 * Write–verify programming of many devices to targets: the conductance, the pulses and the success of each device, and
 * a histogram of the conductances for each target. A statistical model needs no pulses: it says how programming ends.
 *
 * Measurements: `success`, the share of devices whose last read lies within the tolerance; `meanPulses`, the pulses to a
 * device; `error`, the root mean square deviation relative to the target.
 */
export function prepareProgramming(stimulus: ProgrammingDesign, bench: Bench): Analysis {
  const { targets, devices } = stimulus;
  const { name } = bench;
  return {
    work: targets.length * devices * Math.min(stimulus.mostPulses, 20),
    run(meter) {
      const written: Written[] = [];
      for (const [group, target] of targets.entries()) {
        for (let number = 0; number < devices; number++) {
          const outcome = write(stimulus, bench, target, group * devices + number);
          if (!outcome.ok) return outcome;
          written.push(outcome.value);
          meter.advance(Math.min(stimulus.mostPulses, 20), 'characterize', name);
        }
      }
      return success({
        tables: [writtenTable(stimulus, bench, written), ...histograms(stimulus, bench, written)],
        measurements: measure(name, written),
        warnings: [],
      });
    },
  };
}

function write(stimulus: ProgrammingDesign, bench: Bench, target: number, device: number): Outcome<Written> {
  const { potentiate, depress, tolerance, mostPulses, gate, origin } = stimulus;
  const { statistics } = bench.subject;
  if (statistics) return success(sampled(statistics, stimulus, bench, target, device));
  const made = specimen(bench, stimulus, device);
  if (!made.ok) return made;
  const { device: programmable, initial } = made.value;
  const outcome = writeVerify(programmable, initial, target, {
    potentiate,
    depress,
    tolerance,
    maxPulses: mostPulses,
    ...(gate ? { gate } : {}),
  });
  if (!outcome.ok)
    return { ok: false, problems: outcome.problems.map((problem) => ({ origin, ...problem })) };
  const { reads, pulses, reached } = outcome.value;
  return success({ target, device, conductance: reads[reads.length - 1], pulses: pulses.length, reached });
}

/** What the statistics say of a device programmed to the target once and read so long after. */
function sampled(
  statistics: StatisticalModel,
  { name, tolerance, readAfter = 0 }: ProgrammingDesign,
  { subject }: Bench,
  target: number,
  device: number,
): Written {
  const stream = subject.stream(name, device);
  const wanted = Math.min(target, statistics.gMax);
  const conductance = statistics.program(wanted, stream).read(Math.max(statistics.tMin, readAfter), stream);
  const reached = Math.abs(conductance / target - 1) <= tolerance;
  return { target, device, conductance, pulses: 0, reached };
}

function writtenTable(
  { tolerance, devices }: ProgrammingDesign,
  { subject, name }: Bench,
  written: readonly Written[],
): ResultTable {
  const column = (value: (one: Written) => number) => Float64Array.from(written, value);
  return {
    id: name,
    title: `${subject.name}: write–verify to within ${100 * tolerance} %, ${devices} devices to each target`,
    kind: 'list',
    columns: [
      { name: 'device', unit: '1', values: column(({ device }) => device) },
      { name: 'target', unit: 'S', values: column(({ target }) => target) },
      { name: 'conductance', unit: 'S', values: column(({ conductance }) => conductance) },
      { name: 'pulses', unit: '1', values: column(({ pulses }) => pulses) },
      { name: 'reached', unit: '1', values: column(({ reached }) => Number(reached)) },
    ],
  };
}

/** One histogram over all conductances, with a column of counts for each target. */
function histograms(
  { targets }: ProgrammingDesign,
  { subject, name }: Bench,
  written: readonly Written[],
): readonly ResultTable[] {
  const groups = targets.map((target) => ({
    name: quantityText(target, 'S'),
    values: written.filter((one) => one.target === target).map(({ conductance }) => conductance),
  }));
  return [
    histogramTable(
      `${name}.histogram`,
      `${subject.name}: conductances by target`,
      'conductance',
      'S',
      groups,
    ),
  ];
}

const square = (value: number) => value * value;

function measure(name: string, written: readonly Written[]): readonly Measurement[] {
  const mean = (value: (one: Written) => number) =>
    written.reduce((sum, one) => sum + value(one), 0) / written.length;
  const squared = mean(({ conductance, target }) => square(conductance / target - 1));
  return [
    { name: `${name}.success`, unit: '1', value: mean(({ reached }) => Number(reached)) },
    { name: `${name}.meanPulses`, unit: '1', value: mean(({ pulses }) => pulses) },
    { name: `${name}.error`, unit: '1', value: Math.sqrt(squared) },
  ];
}
