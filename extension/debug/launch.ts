import type { Outcome, RunProgress } from '@memloom/sim-core';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ExpressionReader } from './breakpoints.ts';
import type { Recorded } from './timeline.ts';

/** The attributes of a launch configuration. */
export interface LaunchArguments extends DebugProtocol.LaunchRequestArguments {
  /** The text. */
  readonly program: string;
  /** Left out: the first experiment that the text declares. */
  readonly experiment?: string;
  /** `ideal`, or the name of hardware that the experiment infers on; left out: the first such, else ideal. */
  readonly fidelity?: string;
  /** Numbers of the test sample and of the trial on hardware, from 0. */
  readonly sample?: number;
  readonly trial?: number;
  /** Whether to stop at the first equation; otherwise it runs to the first breakpoint. */
  readonly stopOnEntry?: boolean;
}

/** What the adapter needs from around it. */
export interface DebugHost extends ExpressionReader {
  /** Records the inference that a launch asks for; undefined where `signal` has ended it. */
  record(
    launch: LaunchArguments,
    signal: AbortSignal,
    progress: (progress: RunProgress) => void,
  ): Promise<Outcome<Recorded> | undefined>;
  /** URI of a source as the client names it, and back. */
  uriOf(path: string): string;
  pathOf(uri: string): string;
}
