/**
 * Texts of any length, made of architectures as one writes them: a device with its array, two crossbars, a block, a
 * cell and its variants, hardware, networks, data and an experiment. Each refers to the one before it.
 */
export function textOfLines(lines: number, prefix = ''): string {
  const text = ['import std.cells', 'import std.cmos180'];
  for (let index = 0; text.length < lines; index++)
    text.push(...architecture(`${prefix}${index}`, index === 0 ? undefined : `${prefix}${index - 1}`));
  return `${text.join('\n')}\n`;
}

/** The number in the first architecture that an edit of a benchmark changes. */
export const editedText = 'rOn = 10 kOhm';

function architecture(name: string, before: string | undefined): readonly string[] {
  return `
/// Hafnium oxide, number ${name}: sixty-four levels.
device HfO2_${name} = vteam(${editedText}, rOff = 1 MOhm, vOn = -1.1 V, vOff = 0.9 V) {
  levels = 64
  programming = gaussian(2 %)
  readNoise = gaussian(0.5 %)
  stuckOn = 0.1 %
}

crossbar Voltages_${name} {
  device = HfO2_${name}
  readout = voltage
  pairs = rows
  vRead = 0.1 V
}

crossbar Currents_${name} extends Voltages_${name} {
  readout = current
}

block Slope_${name}(in: V, unit: V) -> out: V {
  param slope = gaussian(1, 3 %) in 0.1 .. 10  /// relative to the ideal slope
  param offset = gaussian(2 mV)
  param rails = 0 V .. 1 V
  drive = slope * (in + offset) / unit
  out = clamp(unit * sigmoid(drive), rails)
}

cell Lstm_${name}(x: [n]) -> h: [m] {
  state c, h: [m]
  i = sigmoid(vmm(x, h, 1) + peephole(c))
  f = sigmoid(vmm(x, h, 1) + peephole(c))
  z = tanh(vmm(x, h, 1))
  c' = f * c + i * z
  o = sigmoid(vmm(x, h, 1) + peephole(c'))
  h' = o * tanh(c')
}

cell Coupled_${name} extends ${before === undefined ? `Lstm_${name}` : `Lstm_${before}`} {
  f = 1 - i
}

hardware Analog_${name} {
  vmm on Voltages_${name}
  readout on DifferenceAmp(openLoopGain = 5000)
  sigmoid on Slope_${name}(offset = gaussian(1 mV))
  tanh on Tanh
  product on Multiplier
  state on SampleHold(capacitance = 2 pF)
  scale = 0.1 V
  share activations across units
}

hardware Coarse_${name} extends Analog_${name} {
  vmm on Currents_${name}
  readout on Tia
}

network Forecast_${name}(x: [1]) -> y: [1] {
  first = bidirectional(Lstm_${name}(x, units = 8))
  second = Coupled_${name}(first, units = 4)
  y = dense(last(second), units = 1)
}

dataset passengers_${name} generate wafer(train = 30, test = 60)

experiment forecast_${name} {
  network Forecast_${name}
  data passengers_${name}
  train adam(rate = 1e-3) for 100 epochs { batch = 4 loss = mse }
  seed 7
  infer on Analog_${name}, Coarse_${name} trials 50 { probe first.i, second.c }
  sweep HfO2_${name}.programming over 0 %, 2 %, 5 %
}
`
    .slice(0, -1)
    .split('\n');
}
