import { asin } from '../math/arc-sine.ts';
import { exp } from '../math/elementary.ts';
import { boltzmannOverCharge } from './constants.ts';
import { defineModel, quantity } from './define.ts';
import { type JartOperatingPoint, solveJartCurrent } from './jart-current.ts';

const bengel = 'JART-TUD-VCM-memristor-model, after Bengel et al. 2020';

/**
 * JART VCM v1b, deterministic (Bengel et al., IEEE TCAS-I 67, 2020, doi 10.1109/TCSI.2020.3018502): an oxide
 * filament of a well-conducting plug and a thin disc whose oxygen-vacancy concentration N changes, behind a
 * Schottky contact (see {@link solveJartCurrent}), in series with lines and an adjacent oxide.
 *
 *     T = t0 + I·(V - Vseries)·rThEff,  rThEff = rTh0·(rDet/r)² (V < 0), 0.27 times that (V > 0)
 *     E = Vdisc/l (V < 0), (V - Vseries)/lCell (V > 0),   g = zvo·a·E/(π·dWa)
 *     dWmin,max = dWa·e·[√(1 - g²) ∓ g·π/2 + g·asin g],   c = (nPlug + N)/2
 *     Iion = zvo·e·c·a·nu0·A·(exp(-dWmin/kT) - exp(-dWmax/kT))·Flim
 *     Flim = 1 - (N/nMax)¹⁰ (V < 0), 1 - (nMin/N)¹⁰ (V > 0),   dN/dt = -Iion/(A·l·e·zvo)
 *
 * A negative voltage turns the device on (SET), a positive one off (RESET).
 */
export const jartVcm = defineModel({
  name: 'jartVcm',
  doc: 'JART VCM v1b: physics of valence-change filaments; Schottky contact, Joule heating, ion hopping. SET below 0 V.',
  source: 'Bengel et al., IEEE TCAS-I 67, 4618 (2020)',
  parameters: {
    epsR: quantity(17, '1', [1, 1000], 'static relative permittivity', bengel),
    epsPhiB: quantity(5.5, '1', [1, 1000], 'relative permittivity of the barrier lowering', bengel),
    phiBn0: quantity(0.18, 'V', [0, 5], 'nominal Schottky barrier', bengel),
    phiN: quantity(0.1, 'V', [0, 5], 'distance of Fermi level and conduction band', bengel),
    mobility: quantity(4e-6, 'm^2/(V s)', [1e-12, 1], 'electron mobility', bengel),
    nPlug: quantity(20e26, '1/m^3', [1e20, 1e30], 'vacancy concentration of the plug', bengel),
    nMax: quantity(20e26, '1/m^3', [1e20, 1e30], 'largest vacancy concentration of the disc', bengel),
    nMin: quantity(0.008e26, '1/m^3', [1e18, 1e30], 'least vacancy concentration of the disc', bengel),
    nInitial: quantity(0.008e26, '1/m^3', [1e18, 1e30], 'initial concentration of the disc', 'our choice'),
    a: quantity(0.25e-9, 'm', [1e-12, 1e-8], 'hopping distance', bengel),
    nu0: quantity(2e13, 'Hz', [1e6, 1e18], 'attempt frequency', bengel),
    dWa: quantity(1.35, 'eV', [0.01, 10], 'activation energy of hopping', bengel),
    rTh0: quantity(15.72e6, 'K/W', [0, 1e12], 'thermal resistance of the filament', bengel),
    r: quantity(45e-9, 'm', [1e-10, 1e-5], 'radius of the filament', bengel),
    rDet: quantity(45e-9, 'm', [1e-10, 1e-5], 'nominal radius, to which rTh0 belongs', bengel),
    lCell: quantity(3e-9, 'm', [1e-10, 1e-6], 'length of plug and disc', bengel),
    l: quantity(0.4e-9, 'm', [1e-11, 1e-6], 'length of the disc', bengel),
    rTiOx: quantity(650, 'Ohm', [0, 1e9], 'resistance of the adjacent oxide', bengel),
    r0: quantity(719.2437, 'Ohm', [0, 1e9], 'resistance of the lines', bengel),
    rThLine: quantity(90471.47, 'K/W', [0, 1e12], 'thermal resistance of the lines', bengel),
    alphaLine: quantity(3.92e-3, '1/K', [0, 1], 'temperature coefficient of the lines', bengel),
    t0: quantity(293, 'K', [1, 1000], 'ambient temperature', bengel),
    richardson: quantity(6.01e5, 'A/(m^2 K^2)', [1, 1e9], 'effective Richardson constant', bengel),
    zvo: quantity(2, '1', [1, 4], 'charge number of an oxygen vacancy', bengel),
  },
  sets: {
    v1b: { source: bengel, values: { nMax: 20e26, nMin: 0.008e26 } },
    tud: {
      source: 'JART-TUD-VCM-memristor-model',
      values: { nMax: 22e26, nMin: 0.004e26, nInitial: 0.004e26 },
    },
  },
  validate({ nMin, nMax, nInitial, l, lCell }) {
    const conflicts: string[] = [];
    if (!(nMax > nMin)) conflicts.push(`nMax = ${nMax} must exceed nMin = ${nMin}.`);
    if (nInitial < nMin || nInitial > nMax)
      conflicts.push(`nInitial = ${nInitial} must lie in nMin .. nMax.`);
    if (!(lCell > l)) conflicts.push(`lCell = ${lCell} m must exceed l = ${l} m.`);
    return conflicts;
  },
  device(parameters) {
    const { nPlug, nMin, nMax, nInitial, a, nu0, dWa, lCell, l, zvo } = parameters;
    const solve = solveJartCurrent(parameters);
    /** Field parameter g: the bias of hopping; beyond ±1 no barrier is left. */
    const tilt = ({ disc, series }: JartOperatingPoint, voltage: number) =>
      (zvo * a * (voltage < 0 ? disc / l : (voltage - series) / lCell)) / (Math.PI * dWa);
    return {
      states: [{ name: 'N', unit: '1/m^3', low: nMin, high: nMax, initial: nInitial }],
      on: [nMax],
      off: [nMin],
      thresholds: [0],
      stiff: true,
      current: (states, voltage) => solve(states[0], voltage).current,
      derivative(states, voltage, derivative) {
        const concentration = states[0];
        const point = solve(concentration, voltage);
        const g = tilt(point, voltage);
        const mean = Math.sqrt(1 - g * g) + g * asin(g);
        const scale = dWa / (boltzmannOverCharge * point.temperature);
        const forward = exp(-scale * (mean - (g * Math.PI) / 2));
        const backward = exp(-scale * (mean + (g * Math.PI) / 2));
        const limit = 1 - tenthPower(voltage < 0 ? concentration / nMax : nMin / concentration);
        const flux = ((nPlug + concentration) / 2) * a * nu0 * (forward - backward) * limit;
        derivative[0] = -flux / l;
      },
      invalid(states, voltage) {
        if (Math.abs(tilt(solve(states[0], voltage), voltage)) < 1) return undefined;
        return 'the field takes away the whole hopping barrier (|g| >= 1)';
      },
    };
  },
});

function tenthPower(base: number): number {
  const square = base * base;
  const fourth = square * square;
  return fourth * fourth * square;
}
