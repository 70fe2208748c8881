/** A small architecture that uses most of the language; tests look at parts of it. */
export const architecture = `import std.cells
import std.cmos180

// Two comment lines
// in a row.

/// Hafnium oxide.
device HfO2 = resistive(rOn = 10 kOhm, rOff = 1 MOhm) {
  levels = 64
}

crossbar Gates {
  device = HfO2
}

block Slope(in: V, unit: V) -> out: V {
  param gain = 2 in 0.1 .. 10
  param rails = 0 V .. 1 V
  drive = gain * in / unit
  out = clamp(unit * sigmoid(drive), rails)
}

cell Mine extends Lstm {
  f = 1 - i
}

hardware Analog {
  vmm on Gates
  readout on DifferenceAmp(
    openLoopGain = 5000,
    offset = gaussian(1 mV)
  )
  sigmoid on Slope
}

hardware Coarse extends Analog {
  scale = 0.2 V
}

network Forecast(x: [1]) -> y: [1] {
  rnn = Mine(x, units = 4)
  y = dense(last(rnn), units = 1)
}

dataset d from "data/series.csv" {
  column = "value"
}

experiment e {
  network Forecast
  data d
  train adam() for 10 epochs
  infer on Analog trials 5
  expect Analog.rmse.test.std < 3
}
`;
