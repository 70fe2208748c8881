import type { AnalysisDesign, StimulusDesign } from '../design/design.ts';

/** What each kind of stimulus may measure; see where it is prepared. */
const ofStimulus: Readonly<Record<StimulusDesign['kind'], readonly string[]>> = {
  sine: ['onOff', 'gMax', 'gMin', 'area', 'pinch', 'energy'],
  triangle: ['onOff', 'gMax', 'gMin', 'area', 'pinch', 'energy'],
  pulses: ['gMax', 'gMin', 'onOff', 'nonlinearityUp', 'nonlinearityDown', 'asymmetry', 'switchingTime'],
  program: ['success', 'meanPulses', 'error'],
};

/** Names of the measurements that an analysis may give: those that an expectation may be about. */
export function measurementsOf(analysis: AnalysisDesign): readonly string[] {
  const { name } = analysis;
  if (analysis.kind === 'solve')
    return ['power', 'largestCurrent', 'loss'].map((measure) => `${name}.${measure}`);
  return analysis.stimuli.flatMap((stimulus) =>
    ofStimulus[stimulus.kind].map((measure) => `${name}.${stimulus.name}.${measure}`),
  );
}
