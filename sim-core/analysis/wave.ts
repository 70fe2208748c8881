import type { WaveDesign } from '../design/design.ts';
import { success } from '../design/problem.ts';
import { hysteresis } from '../devices/hysteresis.ts';
import { integrateAsFar } from '../devices/integrate.ts';
import type { DeviceTrace } from '../devices/trace.ts';
import { sine, triangle } from '../devices/waveform.ts';
import type { Measurement, ResultTable } from '../run/result.ts';
import type { Analysis } from './analysis.ts';
import type { Bench } from './characterize.ts';
import { quantityText } from './quantity-text.ts';

/**
 * The I-V hysteresis under a sine or a triangle.
 *
 * Measurements, of the last full period: `gMax`, `gMin` (siemens) the largest and least I/V where the voltage exceeds
 * 1 % of its peak, `onOff` their ratio, `area` (watts) what both lobes enclose, `pinch` the current where the voltage
 * passes zero, relative to the largest; `energy` (joules) of the whole drive. Where the model ceases to hold, the curve
 * ends and a warning says why.
 */
export function prepareWave(stimulus: WaveDesign, bench: Bench): Analysis {
  const { kind, amplitude, frequency, periods, samples, origin } = stimulus;
  const { subject, name } = bench;
  return {
    work: samples * periods,
    run(meter) {
      const drawn = subject.draw(stimulus.name, 0);
      if (!drawn.ok) return drawn;
      const initial = subject.initial(drawn.value);
      if (!initial.ok) return initial;
      const waveform = (kind === 'sine' ? sine : triangle)({ amplitude, frequency, periods });
      const driven = integrateAsFar(subject.name, drawn.value, waveform, {
        samples: Math.round(samples * periods) + 1,
        initial: initial.value,
      });
      if (!driven.ok) return driven;
      meter.advance(samples * periods, 'characterize', name);
      const { trace, obstacle } = driven.value;
      return success({
        tables: [loopTable(stimulus, bench, trace)],
        measurements: obstacle ? [] : measure(name, trace, 1 / frequency),
        warnings: obstacle ? [{ ...obstacle, origin }] : [],
      });
    },
  };
}

function loopTable(
  { kind, amplitude, frequency, periods }: WaveDesign,
  { subject, name }: Bench,
  { time, voltage, current, states }: DeviceTrace,
): ResultTable {
  const drive = `${kind} ${quantityText(amplitude, 'V')} ${quantityText(frequency, 'Hz')}`;
  return {
    id: name,
    title: `${subject.name}: ${drive} for ${periods} ${periods === 1 ? 'period' : 'periods'}`,
    kind: 'hysteresis',
    columns: [
      { name: 'time', unit: 's', values: time },
      { name: 'voltage', unit: 'V', values: voltage },
      { name: 'current', unit: 'A', values: current },
      ...states.map((state) => ({ ...state, unit: state.unit === '' ? '1' : state.unit })),
    ],
  };
}

function measure(name: string, trace: DeviceTrace, period: number): readonly Measurement[] {
  const last = hysteresis(lastPeriod(trace, period));
  const { energy } = hysteresis(trace);
  const area = last.positiveLobe + last.negativeLobe;
  return [
    ...(last.gMin > 0 ? [{ name: `${name}.onOff`, unit: '1', value: last.gMax / last.gMin }] : []),
    { name: `${name}.gMax`, unit: 'S', value: last.gMax },
    { name: `${name}.gMin`, unit: 'S', value: last.gMin },
    { name: `${name}.area`, unit: 'W', value: area },
    { name: `${name}.pinch`, unit: '1', value: last.currentAtZero },
    { name: `${name}.energy`, unit: 'J', value: energy },
  ];
}

/** The samples of the last full period; all of a drive that lasts less than one. */
function lastPeriod(trace: DeviceTrace, period: number): DeviceTrace {
  const { time } = trace;
  const start = time[time.length - 1] - period;
  const from = time.findIndex((at) => at >= start - 1e-9 * period);
  return {
    ...trace,
    time: time.subarray(from),
    voltage: trace.voltage.subarray(from),
    current: trace.current.subarray(from),
  };
}
