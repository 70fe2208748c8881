import { entry, type Nothing } from './entry.ts';

/** Data sets and experiments. */
export const dataDiagnostics = {
  'data.fileMissing': entry<{ file: string }>({
    severity: 'error',
    message: ({ file }) => `There is no file ${file}.`,
    cause: 'Paths are relative to the folder of the .loom file.',
    mend: 'Correct the path, or put the file there.',
  }),
  'data.column': entry<Nothing>({
    severity: 'error',
    message: () => 'This data set does not say which column it is about.',
    cause: 'A table has several columns; features and target are named by their headers.',
    mend: 'Write column = "NAME", or columns = "A", "B" and target = "A".',
  }),
  'data.columnMissing': entry<{ column: string; file: string; known: string; suggestion?: string }>({
    severity: 'error',
    message: ({ column, file, known, suggestion }) =>
      `${file} has no column "${column}".${suggestion ? ` Did you mean "${suggestion}"?` : ` It has ${known}.`}`,
    cause: 'Columns are named as in the first line of the table.',
    mend: 'Write the name of a column, or another file.',
  }),
  'data.features': entry<{
    dataset: string;
    features: string;
    network: string;
    inputs: string;
    /** What was probably mixed up; one sentence. */
    because?: string;
  }>({
    severity: 'error',
    message: ({ dataset, features, network, inputs, because }) =>
      `${dataset} has ${features} at each time step, ${network} takes ${inputs}.${because ? ` ${because}` : ''}`,
    cause: "Each feature of the data feeds one element of the network's input.",
    mend: "Change the columns of the data set or the size of the network's input.",
  }),
  'weights.fileMissing': entry<{ file: string }>({
    severity: 'error',
    message: ({ file }) => `There is no file ${file} with weights.`,
    cause: 'Paths are relative to the folder of the .loom file.',
    mend: 'Correct the path, or write the weights first: memloom run … --out.',
  }),
  'probe.unknown': entry<{ signal: string; owner: string; known: string; suggestion?: string }>({
    severity: 'error',
    message: ({ signal, owner, known, suggestion }) =>
      `${owner} has no signal "${signal}".${suggestion ? ` Did you mean "${suggestion}"?` : ` It has ${known}.`}`,
    cause: 'Signals are the layers of the network, and the states and equations of their cells.',
    mend: 'Use one of the signals.',
  }),
  'state.unknown': entry<{ device: string; state: string; known: string; suggestion?: string }>({
    severity: 'error',
    message: ({ device, state, known, suggestion }) =>
      `${device} has no state "${state}".${suggestion ? ` Did you mean "${suggestion}"?` : ` Its states are ${known}.`}`,
    cause: 'A device starts from the states of its model or of its own equations.',
    mend: 'Use one of its states.',
  }),
  'stimulus.repeat': entry<Nothing>({
    severity: 'error',
    message: () => 'Write–verify decides itself how many pulses it needs.',
    cause: 'A number of pulses belongs to a train: pulses 1.2 V 100 ns x 50.',
    mend: 'Remove it; mostPulses says when to give up.',
  }),
  'sweep.value': entry<{ message: string }>({
    severity: 'error',
    message: ({ message }) => message,
    cause: 'The parameter does not take the value.',
    mend: 'Change the value.',
  }),
  'expect.hardware': entry<{ hardware: string; metric: string; known: string; suggestion?: string }>({
    severity: 'error',
    message: ({ hardware, metric, known, suggestion }) =>
      `The experiment is not evaluated on "${hardware}", so that there is no ${metric}.${suggestion ? ` Did you mean "${suggestion}"?` : ` It is evaluated on: ${known}.`}`,
    cause:
      'A metric with a name in front is that on the hardware of this name, which infer on NAME evaluates.',
    mend: 'Write infer on NAME, or leave the name out for the ideal network.',
  }),
  'expect.task': entry<{ metric: string; dataset: string; task: string; metrics: string }>({
    severity: 'error',
    message: ({ metric, dataset, task, metrics }) =>
      `There is no "${metric}" of ${dataset}, which has ${task}. Its metrics are ${metrics}.`,
    cause: 'Forecasts are judged by their errors, classifications by their rates.',
    mend: 'Use a metric of the task.',
  }),
  'sweep.repeated': entry<{ value: string }>({
    severity: 'warning',
    message: ({ value }) => `The sweep has the value ${value} twice.`,
    cause: 'The same value gives the same result again, since each point begins with the same seed.',
    mend: 'Remove one of them.',
  }),
  'sweep.unrelated': entry<{ owner: string; experiment: string; used: string }>({
    severity: 'warning',
    message: ({ owner, experiment, used }) =>
      `${experiment} does not use ${owner}, so that the sweep changes nothing. It uses ${used}.`,
    cause: 'A sweep changes one parameter of what the experiment is made of.',
    mend: 'Sweep something that the experiment uses, or evaluate it on hardware that uses this.',
  }),
  'expect.metric': entry<{ metric: string; known: string; suggestion?: string }>({
    severity: 'error',
    message: ({ metric, known, suggestion }) =>
      `There is no metric "${metric}".${suggestion ? ` Did you mean "${suggestion}"?` : ` Metrics are ${known}.`}`,
    cause: 'An expectation compares a metric of the experiment with a number.',
    mend: 'Use a metric such as rmse.test, or HARDWARE.rmse.test for the mean over the trials.',
  }),
} as const;
