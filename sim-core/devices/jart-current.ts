import { cosh, exp, expm1, log, pow, tanh } from '../math/elementary.ts';
import {
  boltzmann,
  boltzmannOverCharge,
  elementaryCharge as e,
  electronMass,
  planck,
  vacuumPermittivity,
} from './constants.ts';
import { findRoot } from './find-root.ts';

interface Contact {
  readonly epsR: number;
  readonly epsPhiB: number;
  readonly phiBn0: number;
  readonly phiN: number;
  readonly r: number;
  readonly richardson: number;
  readonly zvo: number;
}

interface Circuit extends Contact {
  readonly mobility: number;
  readonly nPlug: number;
  readonly rTh0: number;
  readonly rDet: number;
  readonly lCell: number;
  readonly l: number;
  readonly rTiOx: number;
  readonly r0: number;
  readonly rThLine: number;
  readonly alphaLine: number;
  readonly t0: number;
}

/** What flows and where the voltage drops. */
export interface JartOperatingPoint {
  /** Amperes. */
  readonly current: number;
  /** Volts across the disc and across lines and adjacent oxide. */
  readonly disc: number;
  readonly series: number;
  /** Kelvin. */
  readonly temperature: number;
}

/**
 * The implicit current of JART VCM v1b: the Schottky contact, the disc, the plug and the series resistance carry one
 * current.
 *
 *     V = Vs + I·(Rdisc + Rplug + Rseries),  Rdisc = l/(N·zvo·e·mu·A), Rplug = (lCell - l)/(nPlug·zvo·e·mu·A)
 *     Rseries = rTiOx + r0·(1 + r0·alphaLine·I²·rThLine),  I = schottky(Vs, T)
 *
 * Between no current (the whole voltage on the contact) and the ohmic limit (none) lies a root; it is sought in
 * `ln(schottky/I)`, which is mild where the currents themselves span tens of decades. At positive voltage the barrier
 * rises steeply as the contact's voltage nears phiBn0 - phiN, so that the contact has a stretch of negative differential
 * resistance and up to three currents solve the equations: the largest is taken, which a rising voltage reaches first.
 */
export function solveJartCurrent(
  circuit: Circuit,
): (concentration: number, voltage: number) => JartOperatingPoint {
  const { mobility, nPlug, rTh0, rDet, lCell, l, rTiOx, r0, rThLine, alphaLine, t0, r, zvo } = circuit;
  const conductivity = zvo * e * mobility * Math.PI * r * r;
  const plug = (lCell - l) / (nPlug * conductivity);
  const schottky = schottkyCurrent(circuit);
  const lineHeating = r0 * r0 * alphaLine * rThLine;
  const heatingNegative = rTh0 * (rDet / r) * (rDet / r);
  return (concentration, voltage) => {
    if (voltage === 0) return { current: 0, disc: 0, series: 0, temperature: t0 };
    const discResistance = l / (concentration * conductivity);
    const heating = voltage < 0 ? heatingNegative : 0.27 * heatingNegative;
    const magnitude = Math.abs(voltage);
    const ohmic = discResistance + plug + rTiOx + r0;
    const series = (current: number) => current * (rTiOx + r0 + lineHeating * current * current);
    const temperature = (current: number) => t0 + current * (magnitude - series(current)) * heating;
    const mismatch = (current: number) => {
      const drop = magnitude - current * (ohmic + lineHeating * current * current);
      if (!(drop > 0)) return Number.NEGATIVE_INFINITY;
      return log(schottky(concentration, voltage < 0 ? -drop : drop, temperature(current)) / current);
    };
    /** Current that leaves `drop` volts to the contact. */
    const currentAt = (drop: number) => cubicRoot(lineHeating, ohmic, magnitude - drop);
    const limit = currentAt(0);
    let [least, most] = [limit * 1e-30, limit];
    const crest = voltage < 0 ? magnitude : contactCrest(circuit, concentration);
    if (crest < magnitude) {
      if (mismatch(currentAt(crest)) >= 0) least = currentAt(crest);
      else most = currentAt(Math.min(circuit.phiBn0 - circuit.phiN, magnitude));
    }
    const current = findRoot(mismatch, least, most, limit * 1e-15);
    const signed = voltage < 0 ? -current : current;
    const disc = signed * discResistance;
    return { current: signed, disc, series: series(signed), temperature: temperature(current) };
  };
}

/**
 * The contact's voltage about which its current is largest before the barrier's rise cuts it down: where the barrier
 * `phiBn0 - c·psi^(1/4)` starts to rise from 0, or where it rises faster than the voltage itself.
 */
function contactCrest({ phiBn0, phiN, epsPhiB, zvo }: Contact, concentration: number): number {
  const c = Math.sqrt(Math.sqrt(barrierLowering(epsPhiB, zvo) * concentration));
  const onset = phiBn0 / c;
  const steep = pow(c / 4, 4 / 3);
  return Math.max(phiBn0 - phiN - Math.min(onset * onset * onset * onset, steep), 0);
}

/** Root of `cubic·x³ + linear·x = right`, for non-negative coefficients: Newton's iteration falls onto it from above. */
function cubicRoot(cubic: number, linear: number, right: number): number {
  let x = right / linear;
  for (let iteration = 0; iteration < 50; iteration++) {
    const next = x - (x * (linear + cubic * x * x) - right) / (linear + 3 * cubic * x * x);
    if (!(next < x)) break;
    x = next;
  }
  return x;
}

/** e³·zvo/(8π²·eps³): volts to the fourth per concentration and volt. */
function barrierLowering(epsPhiB: number, zvo: number): number {
  const eps = epsPhiB * vacuumPermittivity;
  return (e * e * e * zvo) / (8 * Math.PI * Math.PI * eps * eps * eps);
}

/**
 * Magnitude of the contact's current: thermionic field emission for `drop < 0`, thermionic emission for `drop >= 0`.
 *
 *     phiB = phiBn0 - (e³·zvo·N·psi/(8π²·epsPhiB³))^(1/4) >= 0,  psi = phiBn0 - phiN - Vs
 *     W00 = e·h/(4π)·√(zvo·N/(m·eps)),  W0 = W00/tanh(W00/kT),  eps' = W00/(W00/kT - tanh(W00/kT))
 *     TFE: A·A*·T/k·√(π·W00·e·(|Vs| + phiB/cosh²(W00/kT)))·exp(-e·phiB/W0)·(exp(e·|Vs|/eps') - 1)
 *     TE:  A·A*·T²·exp(-e·phiB/kT)·(exp(e·Vs/kT) - 1)
 */
function schottkyCurrent({ epsR, epsPhiB, phiBn0, phiN, r, richardson, zvo }: Contact) {
  const area = Math.PI * r * r;
  const eps = epsR * vacuumPermittivity;
  const lowering = barrierLowering(epsPhiB, zvo);
  return (concentration: number, drop: number, temperature: number): number => {
    const psi = Math.max(phiBn0 - phiN - drop, 0);
    const phiB = Math.max(phiBn0 - Math.sqrt(Math.sqrt(lowering * concentration * psi)), 0);
    const thermal = boltzmannOverCharge * temperature;
    if (drop >= 0) {
      return area * richardson * temperature * temperature * exp(-phiB / thermal) * expm1(drop / thermal);
    }
    const w00 = ((e * planck) / (4 * Math.PI)) * Math.sqrt((zvo * concentration) / (electronMass * eps));
    const ratio = w00 / (e * thermal);
    const spread = cosh(ratio);
    const decay = exp((-e * phiB * tanh(ratio)) / w00);
    const growth = expm1((e * -drop * (ratio - tanh(ratio))) / w00);
    const density = Math.sqrt(Math.PI * w00 * e * (-drop + phiB / (spread * spread)));
    return ((area * richardson * temperature) / boltzmann) * density * decay * growth;
  };
}
