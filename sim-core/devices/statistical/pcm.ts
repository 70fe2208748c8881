import { log, pow } from '../../math/elementary.ts';
import type { StatisticalModel } from './statistical-model.ts';

const microsiemens = 1e-6;
const gMax = 25e-6;
/** Time of the programming's verification, from which drift counts, seconds. */
export const pcmOnset = 20;
/** Duration of a read, seconds. */
const tRead = 250e-9;

const clip = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** Standard deviation of the programmed conductance: `0.26348 + 1.9650·r - 1.1731·r²` uS, r = target/gMax. */
export function pcmProgrammingSigma(target: number): number {
  const r = target / gMax;
  return (0.26348 + 1.965 * r - 1.1731 * r * r) * microsiemens;
}

/** Mean and standard deviation of the drift exponent: `-0.0155·ln r + 0.0244` and `-0.0125·ln r - 0.0059`, clipped. */
export function pcmDrift(target: number): { readonly mean: number; readonly sigma: number } {
  const logRatio = log(Math.max(target / gMax, 1e-9));
  return {
    mean: clip(-0.0155 * logRatio + 0.0244, 0.049, 0.1),
    sigma: clip(-0.0125 * logRatio - 0.0059, 0.008, 0.045),
  };
}

/** Relative standard deviation of 1/f noise in a band of a factor e: Q = min(0.2, 0.0088/r^0.65). */
export const pcmFlicker = (target: number): number =>
  Math.min(0.2, 0.0088 / pow(Math.max(target / gMax, 1e-9), 0.65));

/** Standard deviation of 1/f noise at a time: `g·Q·√ln((t + tRead)/(2·tRead))`. */
export function pcmReadSigma(conductance: number, target: number, time: number): number {
  return (
    Math.abs(conductance) * pcmFlicker(target) * Math.sqrt(Math.max(log((time + tRead) / (2 * tRead)), 0))
  );
}

/**
 * Phase-change memory: programming error, drift `g(t) = g_prog·((t + t0)/t0)^-nu` and 1/f read noise, as IBM's aihwkit
 * fits them to a million mushroom cells (Nandakumar et al., ICECS 2020). Each device has its own exponent
 * `nu = |mean + sigma·ξ|`.
 */
export const pcm: StatisticalModel = {
  name: 'pcm',
  doc: 'Phase-change memory: programming error, drift and 1/f read noise by target conductance.',
  source: 'IBM aihwkit, PCM-like noise model; Nandakumar et al., ICECS 2020',
  gMax,
  tMin: 0,
  program(target, random) {
    const programmed = Math.max(target + pcmProgrammingSigma(target) * random.gaussian(), 0);
    const { mean, sigma } = pcmDrift(target);
    const nu = Math.abs(mean + sigma * random.gaussian());
    const conductance = (time: number) => programmed * pow((Math.max(time, 0) + pcmOnset) / pcmOnset, -nu);
    return {
      conductance,
      read(time, stream) {
        const mean = conductance(time);
        return mean + pcmReadSigma(mean, target, Math.max(time, 0)) * stream.gaussian();
      },
    };
  },
};
