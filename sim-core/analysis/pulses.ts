import type { PulsesDesign, PulseTrainDesign } from '../design/design.ts';
import { success } from '../design/problem.ts';
import { pulseResponse } from '../devices/programming.ts';
import { labelOfCurve } from '../devices/pulse/nonlinearity.ts';
import type { DeviceTrace } from '../devices/trace.ts';
import { addTo, deviations, emptyMoments, type Moments } from '../run/moments.ts';
import type { Measurement, ResultTable } from '../run/result.ts';
import type { Analysis } from './analysis.ts';
import type { Bench } from './characterize.ts';
import { quantityText } from './quantity-text.ts';
import { specimen } from './specimen.ts';

/** Samples of the first device's states within each pulse, and pulses that are so recorded at most. */
const samplesPerPulse = 16;
const mostRecorded = 2000;

/**
 * The response to trains of pulses: conductance after each pulse, on one device or the mean and the spread over many.
 *
 * Measurements, of the mean curve: `gMax`, `gMin` (siemens) and `onOff`, their ratio; of the first train that raises the
 * conductance and the first that lowers it `nonlinearityUp` and `nonlinearityDown`, the labels of NeuroSim, and
 * `asymmetry`, their distance; `switchingTime` (seconds), the time under pulses of the first train until half of its
 * change is done.
 */
export function preparePulses(stimulus: PulsesDesign, bench: Bench): Analysis {
  const { trains, cycles, devices } = stimulus;
  const pulses = Array.from({ length: cycles }, () => trains).flatMap((round) =>
    round.flatMap(({ amplitude, width, count }) =>
      Array.from({ length: count }, () => ({ amplitude, width })),
    ),
  );
  const { name } = bench;
  return {
    work: pulses.length * devices,
    run(meter) {
      const curves: Float64Array[] = [];
      const traces: DeviceTrace[] = [];
      for (let device = 0; device < devices; device++) {
        const made = specimen(bench, stimulus, device, {
          samples: samplesPerPulse,
          observe: (trace) => {
            if (device === 0 && traces.length < mostRecorded) traces.push(trace);
          },
        });
        if (!made.ok) return made;
        const response = pulseResponse(made.value.device, made.value.initial, pulses);
        if (!response.ok)
          return {
            ok: false,
            problems: response.problems.map((problem) => ({ origin: stimulus.origin, ...problem })),
          };
        curves.push(response.value.conductance);
        meter.advance(pulses.length, 'characterize', name);
      }
      const moments = emptyMoments(pulses.length + 1);
      for (const curve of curves) addTo(moments, curve);
      const { mean } = moments;
      return success({
        tables: [responseTable(stimulus, bench, pulses, moments, curves), ...stateTable(bench, traces)],
        measurements: measure(name, trains, mean),
        warnings: [],
      });
    },
  };
}

function responseTable(
  { trains, cycles, devices }: PulsesDesign,
  { subject, name, vRead }: Bench,
  pulses: readonly { readonly amplitude: number; readonly width: number }[],
  moments: Moments,
  curves: readonly Float64Array[],
): ResultTable {
  const { mean } = moments;
  const drive = trains
    .map(
      ({ amplitude, width, count }) =>
        `${count} × ${quantityText(amplitude, 'V')} ${quantityText(width, 's')}`,
    )
    .join(', then ');
  const repeated = cycles > 1 ? `, ${cycles} times` : '';
  const many = devices > 1 ? `, ${devices} devices` : '';
  return {
    id: name,
    title: `${subject.name}: ${drive}${repeated}, read at ${quantityText(vRead, 'V')}${many}`,
    kind: 'pulses',
    columns: [
      { name: 'pulse', unit: '1', values: Float64Array.from(mean, (_, k) => k) },
      { name: 'conductance', unit: 'S', values: mean },
      ...(devices > 1 ? spreadColumns(moments, curves) : []),
      {
        name: 'amplitude',
        unit: 'V',
        values: Float64Array.of(0, ...pulses.map(({ amplitude }) => amplitude)),
      },
      { name: 'width', unit: 's', values: Float64Array.of(0, ...pulses.map(({ width }) => width)) },
    ],
  };
}

function spreadColumns(moments: Moments, curves: readonly Float64Array[]): ResultTable['columns'] {
  const over = (values: (k: number) => number) => Float64Array.from(moments.mean, (_, k) => values(k));
  return [
    { name: 'deviation', unit: 'S', values: deviations(moments) },
    { name: 'least', unit: 'S', values: over((k) => Math.min(...curves.map((curve) => curve[k]))) },
    { name: 'largest', unit: 'S', values: over((k) => Math.max(...curves.map((curve) => curve[k]))) },
  ];
}

/** Voltage, current and states of the first device over time; a pulse-update model has none. */
function stateTable({ subject, name }: Bench, traces: readonly DeviceTrace[]): readonly ResultTable[] {
  if (traces.length === 0) return [];
  let start = 0;
  const times = traces.map(({ time }) => {
    const shifted = time.map((at) => start + at);
    start = shifted[shifted.length - 1];
    return shifted;
  });
  const join = (part: (trace: DeviceTrace) => Float64Array) => concatenate(traces.map(part));
  return [
    {
      id: `${name}.states`,
      title: `${subject.name}: states under the pulses, first device`,
      kind: 'waveform',
      columns: [
        { name: 'time', unit: 's', values: concatenate(times) },
        { name: 'voltage', unit: 'V', values: join(({ voltage }) => voltage) },
        { name: 'current', unit: 'A', values: join(({ current }) => current) },
        ...traces[0].states.map(({ name: state, unit }, at) => ({
          name: state,
          unit: unit === '' ? '1' : unit,
          values: join(({ states }) => states[at].values),
        })),
      ],
    },
  ];
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function measure(
  name: string,
  trains: readonly PulseTrainDesign[],
  mean: Float64Array,
): readonly Measurement[] {
  const gMax = mean.reduce((a, b) => Math.max(a, b));
  const gMin = mean.reduce((a, b) => Math.min(a, b));
  const curves = trainCurves(trains, mean);
  const change = (curve: Float64Array) => curve[curve.length - 1] - curve[0];
  const up = curves.find((curve) => change(curve) > 0);
  const down = curves.find((curve) => change(curve) < 0);
  const labels = { up: up && labelOfCurve(up), down: down && labelOfCurve(down) };
  const found: readonly (readonly [string, string, number | undefined])[] = [
    ['gMax', 'S', gMax],
    ['gMin', 'S', gMin],
    ['onOff', '1', gMin > 0 ? gMax / gMin : undefined],
    ['nonlinearityUp', '1', labels.up],
    ['nonlinearityDown', '1', labels.down],
    [
      'asymmetry',
      '1',
      labels.up === undefined || labels.down === undefined ? undefined : Math.abs(labels.up - labels.down),
    ],
    ['switchingTime', 's', change(curves[0]) === 0 ? undefined : halfway(curves[0]) * trains[0].width],
  ];
  return found.flatMap(([measure, unit, value]) =>
    value === undefined ? [] : [{ name: `${name}.${measure}`, unit, value }],
  );
}

/** The part of a curve that belongs to each train of the first cycle, from the conductance before it. */
function trainCurves(trains: readonly PulseTrainDesign[], curve: Float64Array): readonly Float64Array[] {
  let end = 0;
  return trains.map(({ count }) => {
    const start = end;
    end += count;
    return curve.subarray(start, end + 1);
  });
}

/** Pulses, fractions included, until half of a curve's whole change is done. */
function halfway(curve: Float64Array): number {
  const [first, last] = [curve[0], curve[curve.length - 1]];
  const done = (k: number) => (curve[k] - first) / (last - first);
  const next = curve.findIndex((_, k) => done(k) >= 0.5);
  const before = done(next - 1);
  return next - 1 + (0.5 - before) / (done(next) - before);
}
