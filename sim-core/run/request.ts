import type { Design } from '../design/design.ts';
import type { Outcome } from '../design/problem.ts';
import type { Result } from './result.ts';

/**
 * All that a run depends on: the same request gives the same bits. Hosts read the files; the core parses them.
 */
export interface RunRequest {
  readonly design: Design;
  /** `ExperimentDesign.name`. */
  readonly experiment: string;
  /** The text of each data file of the experiment, and the bytes of its weight file, by the name in the design. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Replaces the experiment's seed. */
  readonly seed?: number;
  /** Replaces the experiment's number of trials. */
  readonly trials?: number;
  /** Bytes that the run may take, such as the memory of the machine; it is refused if it needs more. */
  readonly memory?: number;
  /** Gives each transient its circuit as an ngspice netlist too. */
  readonly netlists?: boolean;
  /** What an earlier run has learned; a run that would learn the same takes it from there. */
  readonly learned?: Pick<Result, 'weights' | 'training'>;
  /** Keeps the waveforms of every trial and of every swept value, as far as there is room. */
  readonly families?: boolean;
  /** Version to put into the provenance. */
  readonly version: string;
}

export interface RunProgress {
  /** What is running, and of what: for example `infer` and `VoltageMode`. */
  readonly phase: 'train' | 'infer' | 'sweep' | 'characterize' | 'solve' | 'transient';
  readonly detail: string;
  /** 0 .. 1 over the whole experiment. */
  readonly fraction: number;
  /** Training loss after the epoch just finished. */
  readonly loss?: number;
}

export interface RunHost {
  /** Called often; must be cheap. */
  progress?(progress: RunProgress): void;
}

/** `run(request, host)`: the whole engine. */
export type Run = (request: RunRequest, host?: RunHost) => Outcome<Result>;
