import { barrierConflicts, barrierDevice, barrierForm, barrierWindow, thresholdRate } from './barrier.ts';
import { defineModel, quantity } from './define.ts';
import { windowChoice, windowParameters } from './windows.ts';

const memtorch = 'MemTorch, VTEAM';

/**
 * VTEAM, the voltage-controlled threshold model (Kvatinsky, Ramadan, Friedman & Kolodny, IEEE TCAS-II 62, 2015):
 *
 *     dx/dt = kOff·(v/vOff - 1)^alphaOff·f_off(x)   for v > vOff > 0
 *           = kOn·(v/vOn - 1)^alphaOn·f_on(x)       for v < vOn < 0
 *           = 0                                     between
 *
 * with resistance linear or exponential in x between rOn at xOn and rOff at xOff. A positive voltage turns the
 * device off.
 */
export const vteam = defineModel({
  name: 'vteam',
  doc: 'VTEAM: the state moves only beyond a threshold voltage, faster the further beyond; nothing moves below it.',
  source: 'Kvatinsky et al., IEEE TCAS-II 62, 786 (2015)',
  parameters: {
    rOn: quantity(50, 'Ohm', [1e-3, 1e12], 'resistance at xOn', memtorch),
    rOff: quantity(1000, 'Ohm', [1e-3, 1e15], 'resistance at xOff', memtorch),
    vOn: quantity(-0.2, 'V', [-100, -1e-6], 'threshold below which the device turns on', memtorch),
    vOff: quantity(0.02, 'V', [1e-6, 100], 'threshold above which the device turns off', memtorch),
    kOn: quantity(-10, 'm/s', [-1e12, 0], 'rate of turning on', memtorch),
    kOff: quantity(5e-4, 'm/s', [0, 1e12], 'rate of turning off', memtorch),
    alphaOn: quantity(3, '1', [0.1, 50], 'exponent of turning on', memtorch),
    alphaOff: quantity(1, '1', [0.1, 50], 'exponent of turning off', memtorch),
    xOn: quantity(0, 'm', [-1e-3, 1e-3], 'state of the fully on device', memtorch),
    xOff: quantity(3e-9, 'm', [-1e-3, 1e-3], 'state of the fully off device', memtorch),
    x0: quantity(1.5e-9, 'm', [-1e-3, 1e-3], 'initial state', 'our choice'),
    form: barrierForm,
    window: windowChoice('none', 'our choice: hard bounds, so that the whole range can be reached'),
    ...windowParameters,
    aOn: quantity(2e-9, 'm', [-1e-3, 1e-3], 'foot of the Kvatinsky window when turning on', memtorch),
    aOff: quantity(1.2e-9, 'm', [-1e-3, 1e-3], 'foot of the Kvatinsky window when turning off', memtorch),
    wC: quantity(107e-12, 'm', [1e-15, 1e-3], 'width of the Kvatinsky window', memtorch),
  },
  sets: {
    memtorch: {
      source: memtorch,
      values: { rOn: 50, rOff: 1000, vOn: -0.2, vOff: 0.02, window: 'kvatinsky' },
    },
    technion: {
      source: 'copy of the Technion Verilog-A file',
      values: { rOn: 5e3, rOff: 200e3, vOn: -0.3, vOff: 0.02, window: 'kvatinsky' },
    },
  },
  validate: barrierConflicts,
  device(parameters) {
    const { vOff, vOn, x0 } = parameters;
    const rate = thresholdRate(parameters, vOff, vOn, barrierWindow(parameters));
    return barrierDevice(parameters, x0, [vOn, vOff], (voltage, _resistance, u) => rate(voltage, u));
  },
});
