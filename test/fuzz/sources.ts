import { faultyFiles, goodFiles } from '../language/sources.ts';

/** The texts that are wounded: those of the project that are not long, so that many can be tried. */
export const sources: readonly string[] = [...goodFiles, ...faultyFiles]
  .map(({ text }) => text)
  .filter((text) => text.length < 12_000);
