import { constantStep } from './constant-step.ts';
import { exponentialStep } from './exponential-step.ts';
import { linearStep } from './linear-step.ts';
import { neurosim } from './neurosim.ts';
import { passiveArray } from './passive-array.ts';
import { powerStep } from './power-step.ts';
import type { PulseModel } from './pulse-model.ts';
import { softBounds } from './soft-bounds.ts';
import { transistorCell } from './transistor-cell.ts';

const models: readonly PulseModel[] = [
  constantStep,
  linearStep,
  softBounds,
  exponentialStep,
  powerStep,
  neurosim,
  transistorCell,
  passiveArray,
];

/** Every pulse-update model, by its name in the language. */
export const pulseModels: ReadonlyMap<string, PulseModel> = new Map(
  models.map((model) => [model.name, model]),
);
