import {
  boltzmann,
  boltzmannOverCharge,
  elementaryCharge as e,
  electronMass,
  planck,
  vacuumPermittivity,
} from '../constants.ts';
import {
  add,
  asin,
  byDirection,
  clamp,
  cosh,
  divide,
  exp,
  expression,
  maximum,
  multiply,
  negate,
  negative,
  positive,
  power,
  sqrt,
  step,
  subtract,
  tanh,
} from './algebra.ts';
import { type Law, type LawEquation, voltage } from './law.ts';

const permittivityCubed = vacuumPermittivity * vacuumPermittivity * vacuumPermittivity;

/** Keeps roots away from zero, where their slope would be infinite. */
const nearlyZero = 1e-60;

/** The circuit: resistances in series, and what they leave to the contact. */
const circuit: readonly LawEquation[] = [
  { name: 'area', value: multiply(Math.PI, power('r', 2)) },
  { name: 'conductivity', value: multiply('zvo', e, 'mobility', 'area') },
  { name: 'disc', value: divide('l', multiply('N', 'conductivity')) },
  { name: 'plug', value: divide(subtract('lCell', 'l'), multiply('nPlug', 'conductivity')) },
  {
    name: 'lines',
    value: add('rTiOx', 'r0', multiply(power('r0', 2), 'alphaLine', 'rThLine', power('i', 2))),
  },
  { name: 'drop', value: subtract(voltage, multiply('i', add('disc', 'plug', 'lines'))) },
  { name: 'filament', value: subtract(voltage, multiply('i', 'lines')) },
  {
    name: 'rThermal',
    value: multiply('rTh0', power(divide('rDet', 'r'), 2), subtract(1, multiply(0.73, step(voltage)))),
  },
  { name: 'T', value: add('t0', multiply('i', 'filament', 'rThermal')) },
  { name: 'thermal', value: multiply(boltzmannOverCharge, 'T') },
];

/** The Schottky contact; energies in electronvolts. */
const contact: readonly LawEquation[] = [
  {
    name: 'lowering',
    value: divide(
      multiply((e * e * e) / (8 * Math.PI * Math.PI * permittivityCubed), 'zvo', 'N'),
      power('epsPhiB', 3),
    ),
  },
  { name: 'psi', value: maximum(subtract(subtract('phiBn0', 'phiN'), 'drop'), nearlyZero) },
  { name: 'phiB', value: positive(subtract('phiBn0', sqrt(sqrt(multiply('lowering', 'psi'))))) },
  {
    name: 'w00',
    value: multiply(
      planck / (4 * Math.PI * Math.sqrt(electronMass * vacuumPermittivity)),
      sqrt(divide(multiply('zvo', 'N'), 'epsR')),
    ),
  },
  { name: 'ratio', value: divide('w00', 'thermal') },
  {
    name: 'emission',
    value: multiply(
      'area',
      'richardson',
      power('T', 2),
      exp(negate(divide('phiB', 'thermal'))),
      subtract(exp(divide(positive('drop'), 'thermal')), 1),
    ),
  },
  { name: 'reverse', value: positive(negate('drop')) },
  {
    name: 'density',
    value: sqrt(
      maximum(multiply(Math.PI, 'w00', add('reverse', divide('phiB', power(cosh('ratio'), 2)))), nearlyZero),
    ),
  },
  {
    name: 'fieldEmission',
    value: multiply(
      multiply(e / boltzmann, 'area', 'richardson', 'T'),
      'density',
      exp(negate(divide(multiply('phiB', tanh('ratio')), 'w00'))),
      subtract(exp(divide(multiply('reverse', subtract('ratio', tanh('ratio'))), 'w00')), 1),
    ),
  },
];

/** Hopping of vacancies in the field. */
const hopping: readonly LawEquation[] = [
  {
    name: 'field',
    value: add(divide(positive('filament'), 'lCell'), divide(negative(multiply('i', 'disc')), 'l')),
  },
  { name: 'g', value: clamp(divide(multiply('zvo', 'a', 'field'), multiply(Math.PI, 'dWa')), -1, 1) },
  {
    name: 'mean',
    value: add(sqrt(maximum(subtract(1, power('g', 2)), nearlyZero)), multiply('g', asin('g'))),
  },
  { name: 'tilt', value: multiply(Math.PI / 2, 'g') },
  { name: 'barrier', value: divide('dWa', 'thermal') },
  {
    name: 'drift',
    value: negate(
      multiply(
        divide(multiply(0.5, add('nPlug', 'N'), 'a', 'nu0'), 'l'),
        subtract(
          exp(negate(multiply('barrier', subtract('mean', 'tilt')))),
          exp(negate(multiply('barrier', add('mean', 'tilt')))),
        ),
      ),
    ),
  },
];

/** JART VCM v1b; see `jart-vcm.ts` and `jart-current.ts`. The current is solved for by the simulator. */
export const jartLaw: Law = {
  states: [
    {
      name: 'N',
      low: expression('nMin'),
      high: expression('nMax'),
      initial: expression('nInitial'),
      rate: byDirection(
        'drift',
        subtract(1, power(divide('N', 'nMax'), 10)),
        subtract(1, power(divide('nMin', 'N'), 10)),
      ),
    },
  ],
  locals: [...circuit, ...contact, ...hopping],
  unknown: { name: 'i', value: subtract('emission', 'fieldEmission'), scale: 1e-6 },
  current: expression('i'),
};
