export { measurementsOf } from './analysis/measurements.ts';
export { buildCircuit, type CircuitRequest } from './circuit/build.ts';
export type * from './circuit/circuit.ts';
export type { CrossbarCircuit, Drives, LineEnd, Terminal, Wire } from './crossbar/circuit.ts';
export {
  type CellLaw,
  type NonlinearOptions,
  type NonlinearSolution,
  solveNonlinearCrossbar,
} from './crossbar/nonlinear.ts';
export { crossbarOutputs } from './crossbar/outputs.ts';
export type { Ports } from './crossbar/ports.ts';
export type { CrossbarSolution, EndState, Power } from './crossbar/solution.ts';
export { type SolveOptions, solveCrossbar } from './crossbar/solve.ts';
export { applyTransfer, type TransferMatrix, transferMatrix } from './crossbar/transfer.ts';
export { type CsvTable, parseCsv } from './data/csv.ts';
export { loadDataset } from './data/dataset.ts';
export { writeNpy } from './data/npy.ts';
export type * from './design/design.ts';
export { designVersion, suppliedPorts } from './design/design.ts';
export { nearestNames, suggestion } from './design/nearest.ts';
export { overrideParameter, readVoltageOf } from './design/override.ts';
export { failure, type Outcome, type Problem, success } from './design/problem.ts';
export { deviceModels } from './devices/catalogue.ts';
export { compactDevice } from './devices/compact-device.ts';
export { compileScalar } from './devices/compile-scalar.ts';
export { readConductance, resolveValues } from './devices/define.ts';
export { equationDevice } from './devices/equation-device.ts';
export { type Hysteresis, hysteresis } from './devices/hysteresis.ts';
export { integrate, simulateDevice } from './devices/integrate.ts';
export type {
  Device,
  DeviceModel,
  DeviceState,
  ModelParameter,
  NumberParameter,
  ParameterSet,
  ReadWindow,
  Values,
  WordParameter,
} from './devices/model.ts';
export {
  type Programmable,
  programmableDevice,
  programmablePulsed,
  pulseResponse,
  type WriteVerifyOptions,
  type WriteVerifyResult,
  writeVerify,
} from './devices/programming.ts';
export { pulseModels } from './devices/pulse/catalogue.ts';
export type { ProgrammingPulse, PulsedDevice, PulseModel } from './devices/pulse/pulse-model.ts';
export type { SimulationOptions } from './devices/simulation-options.ts';
export { statisticalModels } from './devices/statistical/catalogue.ts';
export type { ProgrammedDevice, StatisticalModel } from './devices/statistical/statistical-model.ts';
export type { DeviceTrace } from './devices/trace.ts';
export {
  type Pulse,
  piecewiseLinear,
  pulseTrain,
  type SineOptions,
  sine,
  triangle,
  type Waveform,
} from './devices/waveform.ts';
export type { GraphNode, NodeId, SizedLayer, SizedNetwork, StepGraph } from './graph/graph.ts';
export { type CrossbarTerm, crossbarTerms } from './graph/lower-expression.ts';
export { sizeNetwork } from './graph/size-network.ts';
export { codedWeight } from './hardware/coded-weight.ts';
export { crossingOf } from './hardware/crossing.ts';
export { type ArrayLayout, layoutOf } from './hardware/layout.ts';
export { type ArrayPlacement, placeNetwork } from './hardware/placement.ts';
export { realiseNetwork } from './hardware/realise.ts';
export { cos, cosh, exp, expm1, log, log1p, pow, sigmoid, sin, sinh, tanh } from './math/elementary.ts';
export { type RandomStream, randomStream } from './math/random.ts';
export {
  readOutput,
  readProbe,
  readTensor,
  readTensorGradient,
  writeInput,
  writeOutputGradient,
  writeParameter,
  writeTensor,
} from './program/access.ts';
export type { CompileOptions } from './program/compilation.ts';
export { compileNetwork } from './program/compile.ts';
export { backward, checkFinite, forward, setNoise } from './program/evaluate.ts';
export type { Program } from './program/program.ts';
export type { WeightRealisation } from './program/realisation.ts';
export { type ArrayNetlist, crossbarMaps, crossbarNetlists } from './run/crossbar-maps.ts';
export { type RequiredFile, requiredFiles } from './run/files.ts';
export { mostWeights, weightCount } from './run/memory.ts';
export type { RunMessage, WorkerMessage, WorkerPort } from './run/protocol.ts';
export { designHash } from './run/provenance.ts';
export { record } from './run/record.ts';
export type * from './run/recording.ts';
export type { RunProgress, RunRequest } from './run/request.ts';
export type * from './run/result.ts';
export { run } from './run/run.ts';
export { serve } from './run/serve.ts';
export { transientMeasurements } from './run/transient.ts';
export { readWeights } from './run/weights.ts';
export { deviceText } from './spice/device-text.ts';
export { type FittedBlock, fitBlock, type MeasuredTransfer, nominalValues } from './spice/fit-block.ts';
export { type Netlist, type NetlistOptions, writeNetlist } from './spice/netlist.ts';
export { type SignedProbe, type SignOff, signOff, signOffLimit } from './spice/sign-off.ts';
export { initialWeights } from './train/initial-weights.ts';
export { type EpochReport, type Trained, type TrainRequest, train } from './train/train.ts';
export {
  type DynamicCrossbar,
  type DynamicOptions,
  type DynamicWaveforms,
  simulateCrossbar,
} from './transient/dynamic-crossbar.ts';
export type * from './transient/record.ts';
export { simulateTransient, type TransientOptions } from './transient/simulate.ts';
export { writeSafetensors } from './weights/safetensors.ts';
