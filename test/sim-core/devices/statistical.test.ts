import { describe, expect, it } from 'vitest';
import { pcmDrift, pcmProgrammingSigma, pcmReadSigma } from '../../../sim-core/devices/statistical/pcm.ts';
import { reramSigma } from '../../../sim-core/devices/statistical/reram.ts';
import { randomStream, type StatisticalModel, statisticalModels } from '../../../sim-core/index.ts';

function modelOf(name: string): StatisticalModel {
  const model = statisticalModels.get(name);
  if (!model) throw new Error(`no model ${name}`);
  return model;
}

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sigma = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { mean, sigma };
}

describe('phase-change memory', () => {
  it('has the programming error of the fit at its ends and in the middle', () => {
    expect(pcmProgrammingSigma(0) * 1e6).toBeCloseTo(0.26348, 10);
    expect(pcmProgrammingSigma(25e-6) * 1e6).toBeCloseTo(1.05538, 10);
    expect(pcmProgrammingSigma(12.5e-6) * 1e6).toBeCloseTo(0.26348 + 0.9825 - 0.293275, 10);
  });

  it('drifts at full conductance with the clipped mean exponent 0.049, in between with the fit, near zero with 0.1', () => {
    expect(pcmDrift(25e-6).mean).toBe(0.049);
    expect(pcmDrift(25e-6).sigma).toBe(0.008);
    expect(pcmDrift(2.5e-6).mean).toBeCloseTo(-0.0155 * Math.log(0.1) + 0.0244, 12);
    expect(pcmDrift(2.5e-6).sigma).toBeCloseTo(-0.0125 * Math.log(0.1) - 0.0059, 12);
    expect(pcmDrift(0).mean).toBe(0.1);
    expect(pcmDrift(0).sigma).toBe(0.045);
  });

  it('each device follows ((t + 20 s)/20 s)^-nu with its own exponent, whose moments are those of the fit', () => {
    const stream = randomStream(3, 'pcm');
    const target = 10e-6;
    const exponents = Array.from({ length: 20000 }, () => {
      const device = modelOf('pcm').program(target, stream);
      const nu = Math.log(device.conductance(0) / device.conductance(1e6)) / Math.log((1e6 + 20) / 20);
      const other = Math.log(device.conductance(0) / device.conductance(3600)) / Math.log(3620 / 20);
      expect(other).toBeCloseTo(nu, 9);
      return nu;
    });
    const { mean, sigma } = moments(exponents);
    expect(mean / pcmDrift(target).mean).toBeCloseTo(1, 2);
    expect(sigma / pcmDrift(target).sigma).toBeCloseTo(1, 1);
  });

  it('is programmed about its target with the deviation of the fit', () => {
    const stream = randomStream(4, 'pcm');
    const { mean, sigma } = moments(
      Array.from({ length: 20000 }, () => modelOf('pcm').program(15e-6, stream).conductance(0)),
    );
    expect(mean * 1e6).toBeCloseTo(15, 1);
    expect(sigma / pcmProgrammingSigma(15e-6)).toBeCloseTo(1, 1);
  });

  it('reads with noise that grows with the logarithm of time', () => {
    const q = 0.0088 / 0.4 ** 0.65;
    const expected = 10e-6 * q * Math.sqrt(Math.log((3600 + 250e-9) / 500e-9));
    expect(pcmReadSigma(10e-6, 10e-6, 3600)).toBeCloseTo(expected, 15);
    expect(pcmReadSigma(10e-6, 1e-9, 3600) / 10e-6).toBeCloseTo(
      0.2 * Math.sqrt(Math.log((3600 + 250e-9) / 500e-9)),
      9,
    );
    const stream = randomStream(5, 'pcm');
    const device = modelOf('pcm').program(10e-6, stream);
    const { mean, sigma } = moments(Array.from({ length: 20000 }, () => device.read(3600, stream)));
    const level = device.conductance(3600);
    expect(mean / level).toBeCloseTo(1, 2);
    expect(sigma / pcmReadSigma(level, 10e-6, 3600)).toBeCloseTo(1, 1);
  });
});

describe('resistive memory after Wan et al.', () => {
  it('has the deviation of the fitted polynomials at their three times', () => {
    const r = 0.5;
    const polynomial = (c: readonly number[]) => c.reduce((sum, value, k) => sum + value * r ** k, 0);
    expect(reramSigma(20e-6, 1) * 1e6).toBeCloseTo(polynomial([0.348, 16.03, -43.853, 45.393, -16.815]), 10);
    expect(reramSigma(20e-6, 86400) * 1e6).toBeCloseTo(
      polynomial([0.701, 22.086, -50.773, 47.095, -16.458]),
      10,
    );
    expect(reramSigma(20e-6, 172800) * 1e6).toBeCloseTo(
      polynomial([0.782, 20.274, -43.507, 37.062, -11.934]),
      10,
    );
  });

  it('is constant before the first and after the last fit, and continuous between', () => {
    expect(reramSigma(20e-6, 0)).toBe(reramSigma(20e-6, 1));
    expect(reramSigma(20e-6, 1e9)).toBe(reramSigma(20e-6, 172800));
    expect(reramSigma(20e-6, 86399.99)).toBeCloseTo(reramSigma(20e-6, 86400), 10);
    const middle = reramSigma(20e-6, Math.sqrt(86400));
    expect(middle).toBeCloseTo((reramSigma(20e-6, 1) + reramSigma(20e-6, 86400)) / 2, 12);
  });

  it('devices stray from their target as far as the fit says, and never below zero', () => {
    const stream = randomStream(6, 'reram');
    const devices = Array.from({ length: 20000 }, () => modelOf('reram').program(20e-6, stream));
    const { mean, sigma } = moments(devices.map((device) => device.conductance(86400)));
    expect(mean * 1e6).toBeCloseTo(20, 0);
    expect(sigma / reramSigma(20e-6, 86400)).toBeCloseTo(1, 1);
    const small = Array.from({ length: 1000 }, () =>
      modelOf('reram').program(0.1e-6, stream).conductance(86400),
    );
    expect(Math.min(...small)).toBe(0);
  });
});
