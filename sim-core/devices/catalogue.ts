import { jartVcm } from './jart-vcm.ts';
import { linearIonDrift } from './linear-ion-drift.ts';
import type { DeviceModel } from './model.ts';
import { pem } from './pem.ts';
import { pulseCells } from './pulse-cells.ts';
import { resistive } from './resistive.ts';
import { stanford2012 } from './stanford2012.ts';
import { stanford2016 } from './stanford2016.ts';
import { statisticalCells } from './statistical-cells.ts';
import { team } from './team.ts';
import { vteam } from './vteam.ts';
import { yakopcic } from './yakopcic.ts';
import { yakopcicGeneral } from './yakopcic-general.ts';

const models: readonly DeviceModel[] = [
  resistive,
  linearIonDrift,
  team,
  vteam,
  yakopcic,
  yakopcicGeneral,
  pem,
  stanford2012,
  stanford2016,
  jartVcm,
  ...pulseCells,
  ...statisticalCells,
];

/** Every model that a device may be of, by its name in the language. */
export const deviceModels: ReadonlyMap<string, DeviceModel> = new Map(
  models.map((model) => [model.name, model]),
);
