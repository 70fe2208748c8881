import { entry } from './entry.ts';

interface LinesDetails {
  readonly crossbar: string;
  readonly layer: string;
  readonly has: number;
  readonly needs: number;
  /** What the lines carry, as in `x (1) + h (4) + bias (1), in pairs`. */
  readonly makeUp: string;
  /** The size that would fit, `12 x 16`. */
  readonly fits: string;
}

/** A network on its hardware: arrays, ranges, thresholds. */
export const hardwareDiagnostics = {
  'crossbar.rows': entry<LinesDetails>({
    severity: 'error',
    message: ({ crossbar, layer, has, needs, makeUp, fits }) =>
      `${crossbar} has ${has} rows, its wiring drives ${needs}: ${makeUp}. Layer "${layer}" needs size = ${fits}.`,
    cause: 'Every element of every operand drives a word line, or two where weights are pairs of rows.',
    mend: 'Enlarge the crossbar, leave the size out, or let layers be spread over several arrays: tiling = true.',
  }),
  'crossbar.columns': entry<LinesDetails>({
    severity: 'error',
    message: ({ crossbar, layer, has, needs, makeUp, fits }) =>
      `${crossbar} has ${has} columns, its wiring reads ${needs}: ${makeUp}. Layer "${layer}" needs size = ${fits}.`,
    cause: 'Every unit of every gate has a bit line, or two where weights are pairs of columns.',
    mend: 'Enlarge the crossbar, leave the size out, or let layers be spread over several arrays: tiling = true.',
  }),
  'crossbar.tiled.rows': entry<LinesDetails & { readonly arrays: number }>({
    severity: 'warning',
    message: ({ crossbar, layer, has, needs, makeUp, fits, arrays }) =>
      `${crossbar} has ${has} rows, its wiring drives ${needs}: ${makeUp}. Layer "${layer}" is spread over ${arrays} arrays; size = ${fits} holds it in one.`,
    cause:
      'A layer that is larger than the array is spread over several, whose partial sums have to be added. That may be meant, or the size may have been miscounted.',
    mend: 'Write tiling = true where it is meant; otherwise enlarge the crossbar or leave the size out.',
  }),
  'crossbar.tiled.columns': entry<LinesDetails & { readonly arrays: number }>({
    severity: 'warning',
    message: ({ crossbar, layer, has, needs, makeUp, fits, arrays }) =>
      `${crossbar} has ${has} columns, its wiring reads ${needs}: ${makeUp}. Layer "${layer}" is spread over ${arrays} arrays; size = ${fits} holds it in one.`,
    cause:
      'A layer that is larger than the array is spread over several. That may be meant, or the size may have been miscounted.',
    mend: 'Write tiling = true where it is meant; otherwise enlarge the crossbar or leave the size out.',
  }),
  'crossbar.drop': entry<{
    crossbar: string;
    layer: string;
    rows: number;
    columns: number;
    resistances: string;
    conductance: string;
    share: string;
    budget: string;
    remedy: string;
  }>({
    severity: 'warning',
    message: ({ crossbar, layer, rows, columns, resistances, conductance, share, budget, remedy }) =>
      `The lines of ${crossbar} take about ${share} of the read voltage from the farthest device of layer "${layer}": ${rows} x ${columns} devices, taken at ${conductance} each, the middle of their window, behind ${resistances}. ${budget}; ${remedy}.`,
    cause:
      'The currents of all devices of a line flow through its wire, so that the loss grows with the square of its length.',
    mend: 'Use smaller arrays (size, tiling), devices of higher resistance, lines of lower resistance, drivers at both ends (drive = both), or allow more: lossBudget.',
  }),
  'binding.missing': entry<{ hardware: string; network: string; roles: string; role: string }>({
    severity: 'warning',
    message: ({ hardware, network, roles, role }) =>
      `${hardware} has no circuit for ${roles} of ${network}: evaluated ideally. Bind one, as in ${role} on BLOCK.`,
    cause: 'A role that is not bound costs nothing and makes no error, which no circuit does.',
    mend: 'Bind a block to each role that the network needs.',
  }),
  'range.rails': entry<{
    block: string;
    role: string;
    signal: string;
    reaches: string;
    scale: string;
    limits: string;
    network: string;
  }>({
    severity: 'warning',
    message: ({ block, role, signal, reaches, scale, limits, network }) =>
      `${block} saturates: as the "${role}" of ${signal} in ${network} it would give ${reaches}, at ${scale} for 1, and its rails are ${limits}.`,
    cause: 'What lies beyond the rails is cut off, so that the circuit no longer computes its function.',
    mend: 'Lower the scale of the hardware, or widen the rails.',
  }),
  'range.fullScale': entry<{
    block: string;
    role: string;
    signal: string;
    reaches: string;
    scale: string;
    limits: string;
    network: string;
  }>({
    severity: 'warning',
    message: ({ block, signal, reaches, scale, limits, network }) =>
      `${signal} of ${network} reaches ${reaches}, at ${scale} for 1, beyond the full scale ${limits} of ${block}.`,
    cause: 'A converter gives its first or last code for whatever lies beyond its full scale.',
    mend: 'Widen the range of the converter, or lower the scale of the hardware.',
  }),
  'range.reach': entry<{
    fn: string;
    signal: string;
    stage: string;
    limits: string;
    units: string;
    scale: string;
    reached: string;
    whole: string;
  }>({
    severity: 'warning',
    message: ({ fn, signal, stage, limits, units, scale, reached, whole }) =>
      `${signal} can only reach ${reached} of the ${whole} of its ${fn}: ${stage} ends at ${limits}, which is ${units} at ${scale} for 1.`,
    cause:
      'The stage before an activation limits what goes in, so that a gate can neither open nor close, whatever its weights are.',
    mend: 'Lower the scale of the hardware, or widen the rails or the range of the stage.',
  }),
  'range.target': entry<{
    dataset: string;
    target: string;
    output: string;
    network: string;
    reached: string;
  }>({
    severity: 'warning',
    message: ({ dataset, target, output, network, reached }) =>
      `${dataset} asks for values in ${target}, but "${output}" of ${network} stays within ${reached}.`,
    cause:
      'The last layer or circuit limits the output, so that no training can bring it to some of the values.',
    mend: 'Scale the data to what the output can reach, or end the network in a dense layer without an activation.',
  }),
  'read.disturb': entry<{
    crossbar: string;
    vRead: string;
    signal: string;
    value: string;
    volts: string;
    device: string;
    threshold: string;
    fits: string;
  }>({
    severity: 'warning',
    message: ({ crossbar, vRead, signal, value, volts, device, threshold, fits }) =>
      `Reading writes: ${crossbar} drives ${volts} when ${signal} is ${value}, at vRead = ${vRead}, and the state of ${device} moves beyond ${threshold}. Up to vRead = ${fits} it stands still.`,
    cause:
      'A device with a threshold moves when the voltage across it is beyond; each read would change the weights.',
    mend: 'Lower vRead, scale the signals down, or use a device with higher thresholds.',
  }),
  'weights.levels': entry<{ device: string; levels: string; because: string; fits: string }>({
    severity: 'warning',
    message: ({ device, levels, because, fits }) =>
      `${levels} levels of ${device} are too few: ${because}. From ${fits} levels this is not so.`,
    cause: 'Levels are evenly spaced over the conductance window, and a weight takes the nearest one.',
    mend: 'Use more levels or slices, lower weightMax, or train through the hardware: train … on HARDWARE.',
  }),
  'weights.beyond': entry<{
    crossbar: string;
    layer: string;
    count: number;
    of: number;
    weightMax: string;
    tensor: string;
    largest: string;
  }>({
    severity: 'warning',
    message: ({ crossbar, layer, count, of, weightMax, tensor, largest }) =>
      `${count} of the ${of} weights of layer "${layer}" ${count === 1 ? 'lies' : 'lie'} beyond weightMax = ${weightMax} of ${crossbar} and ${count === 1 ? 'is' : 'are'} limited to it; the largest, in ${tensor}, is ${largest}.`,
    cause: 'The conductance window holds weights up to weightMax; what lies beyond is cut off.',
    mend: 'Raise weightMax, leave it out so that the largest weight takes the whole window, or train with a limit.',
  }),
  'weights.unfit': entry<{ message: string; hint?: string }>({
    severity: 'error',
    message: ({ message, hint }) => (hint ? `${message} ${hint}` : message),
    cause:
      'A weight file holds one tensor for each gate and operand of the network, LAYER.GATE.OPERAND, and no others.',
    mend: 'Write the weights with the network that reads them, or rename the tensors.',
  }),
  'state.unbounded': entry<{ state: string; layer: string; cell: string; block: string }>({
    severity: 'warning',
    message: ({ state, layer, cell, block }) =>
      `"${state}" of layer "${layer}" adds up and never forgets: nothing in ${cell} bounds it, and ${block}, which holds it, has rails.`,
    cause:
      'The state keeps all of its old value at every step, so that a long sequence takes it to the rails.',
    mend: 'Use a cell with a forget gate, keep sequences short, or bound the state: clamp(…, -1, 1).',
  }),
} as const;
