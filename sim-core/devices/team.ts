import { barrierConflicts, barrierDevice, barrierForm, barrierWindow, thresholdRate } from './barrier.ts';
import { defineModel, quantity } from './define.ts';
import { windowChoice, windowParameters } from './windows.ts';

const xyce = 'Xyce, TEAM device defaults';
const technion = 'Technion Verilog-A file, Simmons-barrier constants';

/**
 * TEAM, the current-controlled threshold model (Kvatinsky, Friedman, Kolodny & Weiser, IEEE TCAS-I 60, 2013):
 *
 *     dx/dt = kOff·(i/iOff - 1)^alphaOff·f_off(x)   for i > iOff > 0
 *           = kOn·(i/iOn - 1)^alphaOn·f_on(x)       for i < iOn < 0
 *           = 0                                     between
 *
 * with resistance linear or exponential in x between rOn at xOn and rOff at xOff. A positive current turns the
 * device off.
 */
export const team = defineModel({
  name: 'team',
  doc: 'TEAM: the state moves only beyond a threshold current; the voltage-driven form of a current-controlled device.',
  source: 'Kvatinsky et al., IEEE TCAS-I 60, 211 (2013)',
  parameters: {
    rOn: quantity(50, 'Ohm', [1e-3, 1e12], 'resistance at xOn', xyce),
    rOff: quantity(1000, 'Ohm', [1e-3, 1e15], 'resistance at xOff', xyce),
    iOn: quantity(-8.9e-6, 'A', [-100, -1e-15], 'threshold below which the device turns on', xyce),
    iOff: quantity(115e-6, 'A', [1e-15, 100], 'threshold above which the device turns off', xyce),
    kOn: quantity(-8e-13, 'm/s', [-1e12, 0], 'rate of turning on', xyce),
    kOff: quantity(8e-13, 'm/s', [0, 1e12], 'rate of turning off', xyce),
    alphaOn: quantity(3, '1', [0.1, 50], 'exponent of turning on', xyce),
    alphaOff: quantity(3, '1', [0.1, 50], 'exponent of turning off', xyce),
    xOn: quantity(0, 'm', [-1e-3, 1e-3], 'state of the fully on device', xyce),
    xOff: quantity(3e-9, 'm', [-1e-3, 1e-3], 'state of the fully off device', xyce),
    x0: quantity(1.5e-9, 'm', [-1e-3, 1e-3], 'initial state', 'our choice'),
    form: barrierForm,
    window: windowChoice('none', 'our choice: hard bounds, so that the whole range can be reached'),
    ...windowParameters,
    aOn: quantity(2e-9, 'm', [-1e-3, 1e-3], 'foot of the Kvatinsky window when turning on', technion),
    aOff: quantity(1.2e-9, 'm', [-1e-3, 1e-3], 'foot of the Kvatinsky window when turning off', technion),
    wC: quantity(107e-12, 'm', [1e-15, 1e-3], 'width of the Kvatinsky window', technion),
  },
  sets: {
    xyceExample: {
      source:
        'Xyce reference guide, TEAM example; its state is scaled by 1e9, its Kvatinsky feet are not stated',
      values: {
        rOn: 50,
        rOff: 1000,
        kOff: 1.46e-18,
        kOn: -4.68e-22,
        alphaOff: 10,
        alphaOn: 10,
        iOff: 115e-6,
        iOn: -8.9e-6,
        wC: 1e-12,
        window: 'kvatinsky',
      },
    },
    xyceDefaults: {
      source: `${xyce}; the sign of iOn mended`,
      values: { rOn: 50, rOff: 1000, kOff: 8e-13, kOn: -8e-13, alphaOff: 3, alphaOn: 3, wC: 1.07e-12 },
    },
  },
  validate: barrierConflicts,
  device(parameters) {
    const { iOff, iOn, x0 } = parameters;
    const rate = thresholdRate(parameters, iOff, iOn, barrierWindow(parameters));
    return barrierDevice(parameters, x0, [0], (voltage, resistance, u) => rate(voltage / resistance, u));
  },
});
