import type { DeviceDesign, DeviceEquations } from '../../design/design.ts';
import { failure, type Outcome, success } from '../../design/problem.ts';
import { deviceModels } from '../catalogue.ts';
import { modelValues, resolveValues } from '../define.ts';
import { constantsOf } from '../equation-device.ts';
import type { DeviceModel, Values } from '../model.ts';
import { pulseCells } from '../pulse-cells.ts';
import { statisticalCells } from '../statistical-cells.ts';
import type { WindowName } from '../windows.ts';
import { add, divide, expression, multiply, subtract } from './algebra.ts';
import { barrierLaw } from './barrier.ts';
import { ionDriftLaw } from './ion-drift.ts';
import { jartLaw } from './jart.ts';
import { type DeviceLaw, type Law, type LawParameter, referencesOf, voltage } from './law.ts';
import { pemLaw } from './pem.ts';
import { stanford2012Law, stanford2016Law } from './stanford.ts';
import { yakopcicGeneralLaw, yakopcicLaw } from './yakopcic.ts';

/** The equations of a device of a design, of the catalogue's model or of its own. */
export function deviceLaw(device: DeviceDesign): Outcome<DeviceLaw> {
  if (device.equations) return ownLaw(device, device.equations);
  const model = deviceModels.get(device.model);
  if (!model)
    return failure({
      code: 'device.unknown-model',
      message: `Device ${device.name} is of no known model "${device.model}".`,
      origin: device.origin,
    });
  const values = resolveValues(model, modelValues(device.parameters));
  return values.ok ? success(modelLaw(model, values.value)) : values;
}

/** The equations of a model of the catalogue with these values; words decide their form. */
export function modelLaw(model: DeviceModel, values: Values): DeviceLaw {
  const words = model.parameters.flatMap(({ kind, name }) =>
    kind === 'word' ? [`${name} = ${values[name]}`] : [],
  );
  const doc = [`${model.doc} ${model.source}`, ...words].join('; ');
  const law = laws[model.name]?.(values);
  if (!law && !still.has(model.name)) throw new Error(`The model ${model.name} has no equations as data.`);
  if (law) return { ...law, doc, voltage, parameters: numbersOf(model, values, referencesOf(law)) };
  return { ...conductorLaw, doc, voltage, parameters: windowOf(model, values) };
}

const windowName = ({ window }: Values) => window as WindowName;
const barrier = (drive: 'current' | 'voltage') => (values: Values) =>
  barrierLaw(drive, values.form === 'exponential' ? 'exponential' : 'linear', windowName(values));

const unmoved = (name: string) => ({
  name,
  low: expression(0),
  high: expression(1),
  initial: expression('x0'),
  rate: expression(0),
});

const laws: Readonly<Record<string, (values: Values) => Law>> = {
  resistive: () => ({
    states: [unmoved('x')],
    locals: [],
    current: multiply(voltage, add(divide('x', 'rOn'), divide(subtract(1, 'x'), 'rOff'))),
  }),
  linearIonDrift: (values) => ionDriftLaw(windowName(values)),
  team: barrier('current'),
  vteam: barrier('voltage'),
  yakopcic: () => yakopcicLaw,
  yakopcicGeneral: () => yakopcicGeneralLaw,
  stanford2012: ({ fMin }) => stanford2012Law(Number(fMin)),
  stanford2016: () => stanford2016Law,
  jartVcm: () => jartLaw,
  pem: () => pemLaw,
};

/** Models that pulses or statistics describe. */
const still: ReadonlySet<string> = new Set([...pulseCells, ...statisticalCells].map(({ name }) => name));

/** Such models conduct linearly between two ends, and no voltage moves them. */
const conductorLaw: Law = {
  states: [unmoved('x')],
  locals: [],
  current: multiply(voltage, add('gOff', multiply('x', subtract('gOn', 'gOff')))),
};

function windowOf(model: DeviceModel, values: Values): readonly LawParameter[] {
  const { gOn, gOff } = model.window(values, 0.1);
  return [
    { name: 'gOn', value: gOn, unit: 'S', doc: 'conductance of the fully on device' },
    { name: 'gOff', value: gOff, unit: 'S', doc: 'conductance of the fully off device' },
    { name: 'x0', value: model.device(values).states[0].initial, unit: '1', doc: 'state: 1 on, 0 off' },
  ];
}

/** The parameters that the equations use: a form may do without some of them. */
const numbersOf = (
  { parameters }: DeviceModel,
  values: Values,
  used: ReadonlySet<string>,
): readonly LawParameter[] =>
  parameters.flatMap((parameter) => {
    if (parameter.kind !== 'number' || !used.has(parameter.name)) return [];
    const { name, unit, doc } = parameter;
    return [{ name, value: Number(values[name]), unit, doc }];
  });

/** A user's own equations: locals in the order in which they stand, which is one in which they can be evaluated. */
function ownLaw(
  { name, parameters, origin }: DeviceDesign,
  { voltage: port, current, states, equations }: DeviceEquations,
): Outcome<DeviceLaw> {
  const locals = equations.filter(({ next }) => !next);
  const rates = new Map(equations.filter(({ next }) => next).map((rate) => [rate.name, rate.value]));
  const missing = states.find((state) => !rates.has(state.name))?.name;
  if (missing !== undefined || !locals.some((local) => local.name === current))
    return failure({
      code: 'device.equations',
      message: `Device ${name} has no equation for ${missing === undefined ? current : `${missing}'`}.`,
      origin,
    });
  return success({
    doc: 'State equations of its own.',
    voltage: port,
    parameters: Object.entries(constantsOf(parameters)).map(([key, value]) => ({ name: key, value })),
    states: states.map((state) => ({
      name: state.name,
      low: expression(state.low),
      high: expression(state.high),
      initial: expression(state.initial),
      rate: rates.get(state.name) ?? expression(0),
    })),
    locals: locals.map((local) => ({ name: local.name, value: local.value })),
    current: expression(current),
  });
}
