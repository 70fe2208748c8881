import { entry } from './entry.ts';

/** What carries a signal from stage to stage. */
export const domainDiagnostics = {
  'domain.mismatch': entry<{ from: string; block: string; port: string; takes: string; mend: string }>({
    severity: 'error',
    message: ({ from, block, port, takes, mend }) =>
      `${from}, but "${port}" of ${block} takes ${takes}. ${mend}`,
    cause: 'Two stages meet in different domains: voltage, current, conductance, digital code, plain number.',
    mend: 'Put the stage between that converts, or bind a block that takes what comes in.',
  }),
  'domain.transimpedance': entry<{ crossbar: string; role: string; block: string; stage: string }>({
    severity: 'warning',
    message: ({ crossbar, role, block, stage }) =>
      `${crossbar} is read as currents, but ${block}, the "${role}" behind it, takes a voltage: "readout" is not bound. Bind ${stage}: readout on Tia.`,
    cause: 'A role that is not bound is evaluated ideally, here as a transimpedance without any error.',
    mend: 'Bind a transimpedance stage to "readout", or read the crossbar as voltages.',
  }),
  'domain.output': entry<{ role: string; block: string; port: string; gives: string; mend: string }>({
    severity: 'error',
    message: ({ role, block, port, gives, mend }) =>
      `"${role}" hands on a voltage, but "${port}" of ${block} is ${gives}. ${mend}`,
    cause: 'Every stage behind the read-out takes voltages, so every block has to give one.',
    mend: 'Give the block an output in V.',
  }),
} as const;
