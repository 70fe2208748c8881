import {
  type CrossbarDesign,
  crossingOf,
  type Device,
  type DeviceDesign,
  deviceModels,
  equationDevice,
} from '@memloom/sim-core';
import { isBounded, magnitude, multiply, point } from '../types/ranges/interval.ts';
import type { Analysis } from './context.ts';
import { dataSide } from './data-ranges.ts';
import { figure, formatVolts } from './figures.ts';
import type { LayerRanges } from './network-ranges.ts';
import type { Pair } from './pairs.ts';
import { crossbarPlace, devicePlace, nearestPlace, pairPlace } from './places.ts';
import { operandName } from './saturation.ts';
import { boundBlock, throughRole } from './signals.ts';

/** A word line's largest voltage, and the signal that asks for it. */
interface Drive {
  readonly volts: number;
  readonly signal: string;
  readonly value: number;
}

/** Reading must not write: a voltage beyond the device's threshold moves its state. */
export function checkReadDisturb(pair: Pair, ranges: readonly LayerRanges[], analysis: Analysis): void {
  const { array } = pair;
  if (!array) return;
  const { crossbar, device } = array;
  const drive = largestDrive(pair, ranges, analysis);
  const bound = drive && boundDevice(device);
  if (!drive || !bound) return;
  const bothSigns = crossbar.pairs === 'rows' && crossbar.coding !== 'offset';
  const polarities = bothSigns ? [drive.volts, -drive.volts] : [drive.volts];
  const thresholds = polarities.flatMap(
    (volts) => threshold(bound, leftToDevice(crossbar, device, volts)) ?? [],
  );
  if (thresholds.length === 0) return;
  const nearest = thresholds.reduce((a, b) => (Math.abs(a) <= Math.abs(b) ? a : b));
  const texts = {
    crossbar: analysis.declarations.crossbar(crossbar.name),
    device: analysis.declarations.device(device.name),
  };
  if (!texts.crossbar || !texts.device) return;
  const where = nearestPlace(analysis.document, [
    {
      place: crossbarPlace(texts.crossbar, 'vRead'),
      message: `${crossbar.name} reads with ${formatVolts(crossbar.vRead)}.`,
    },
    {
      place: devicePlace(texts.device, thresholdParameters),
      message: `The state of ${device.name} moves beyond ${formatVolts(nearest)}.`,
    },
    {
      place: pairPlace(pair, analysis.declarations),
      message: `${pair.network.name} is put on ${pair.hardware.name} here.`,
    },
    ...dataSide(pair, drive.signal, analysis),
  ]);
  const details = {
    crossbar: crossbar.name,
    vRead: formatVolts(crossbar.vRead),
    signal: drive.signal,
    value: figure(drive.value),
    volts: formatVolts(Math.sign(nearest) * Math.abs(drive.volts)),
    device: device.name,
    threshold: formatVolts(nearest),
    fits: formatVolts(roundedDown(Math.abs(nearest) / drive.value)),
  };
  if (where) analysis.report('read.disturb', where.place, details, where.related);
}

/** What a transistor or selector leaves of a word line's voltage to a device at gOff, which has most of all. */
function leftToDevice(crossbar: CrossbarDesign, device: DeviceDesign, volts: number): number {
  const crossing = crossingOf(crossbar, device);
  if (!crossing.ok) return volts;
  const one = Float64Array.of(device.array.gOff);
  return crossing.value.deviceVoltages?.(one, Float64Array.of(volts), Float64Array.of(0))[0] ?? volts;
}

/** Parameters that set thresholds in the models of the catalogue. */
const thresholdParameters = ['vOn', 'vOff', 'iOn', 'iOff', 'vP', 'vN'];

/** One digit less than would just fit. */
function roundedDown(volts: number): number {
  const unit = 10 ** (Math.floor(Math.log10(volts)) - 1);
  return Math.floor((volts / unit) * (1 + 1e-9)) * unit;
}

function largestDrive(
  { hardware, array }: Pair,
  ranges: readonly LayerRanges[],
  { design }: Analysis,
): Drive | undefined {
  if (!array) return undefined;
  const { vRead, inputCycles, inputRange = 1 } = array.crossbar;
  // What comes bit by bit is limited to its range.
  const limit = inputCycles === undefined ? Infinity : inputRange;
  const converter = boundBlock(design, hardware, 'input');
  let largest: Drive | undefined;
  const offer = (signal: string, asked: number): void => {
    const value = Math.min(asked, limit);
    if (value * vRead > (largest?.volts ?? 0)) largest = { signal, value, volts: value * vRead };
  };
  for (const { layer, nodes } of ranges)
    for (const node of layer.graph.nodes) {
      if (node.op !== 'crossbar') continue;
      for (const operand of node.operands) {
        if (operand.kind === 'bias') {
          offer('the bias', 1);
          continue;
        }
        const signal = nodes[operand.of];
        // Of a signal without a known bound nothing is said, also where a converter limits it.
        if (!isBounded(signal)) continue;
        const driven = converter
          ? multiply(throughRole(converter, [signal], hardware.scale).output, point(1 / hardware.scale))
          : signal;
        offer(operandName(operand.tensor), magnitude(driven));
      }
    }
  return largest;
}

function boundDevice(design: DeviceDesign): Device | undefined {
  if (design.equations) {
    const device = equationDevice(design);
    return device.ok ? device.value : undefined;
  }
  const values = Object.entries(design.parameters).flatMap(([name, value]) =>
    value.kind === 'number' || value.kind === 'word' ? [[name, value.value] as const] : [],
  );
  return deviceModels.get(design.model)?.device(Object.fromEntries(values));
}

/**
 * The voltage of the sign of `volts` at which the state begins to move, if that is nearer to 0; undefined where it
 * does not move up to `volts`, and for devices without a threshold, which move at any voltage.
 */
function threshold(device: Device, volts: number): number | undefined {
  if (!moves(device, volts) || moves(device, volts * 1e-6)) return undefined;
  let [still, moving] = [0, volts];
  for (let step = 0; step < 40; step++) {
    const middle = (still + moving) / 2;
    if (moves(device, middle)) moving = middle;
    else still = middle;
  }
  return moving;
}

function moves(device: Device, volts: number): boolean {
  const middle = device.states.map((_, index) => (device.on[index] + device.off[index]) / 2);
  const rate = new Float64Array(device.states.length);
  return [device.on, device.off, middle].some((states) => {
    device.derivative(states, volts, rate);
    return rate.some((value) => value !== 0);
  });
}
