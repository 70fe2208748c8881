import { pcm } from './pcm.ts';
import { reram } from './reram.ts';
import type { StatisticalModel } from './statistical-model.ts';

/** Every statistical model, by its name in the language. */
export const statisticalModels: ReadonlyMap<string, StatisticalModel> = new Map([
  [pcm.name, pcm],
  [reram.name, reram],
]);
