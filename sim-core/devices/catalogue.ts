import { linearIonDrift } from './linear-ion-drift.ts';
import type { DeviceModel } from './model.ts';
import { resistive } from './resistive.ts';
import { vteam } from './vteam.ts';

const models: readonly DeviceModel[] = [resistive, linearIonDrift, vteam];

/** Every compact model, by its name in the language. */
export const deviceModels: ReadonlyMap<string, DeviceModel> = new Map(
  models.map((model) => [model.name, model]),
);
