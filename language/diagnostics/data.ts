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
  'data.unfit': entry<{ message: string; hint?: string }>({
    severity: 'error',
    message: ({ message, hint }) => (hint ? `${message} ${hint}` : message),
    cause: 'The data can be read, but not be used as the data set says.',
    mend: 'Change the file, or what the data set says of it.',
  }),
  'data.outputs': entry<{
    dataset: string;
    asks: string;
    output: string;
    network: string;
    size: number;
    fits: string;
  }>({
    severity: 'error',
    message: ({ dataset, asks, output, network, size, fits }) =>
      `${dataset} has ${asks}, "${output}" of ${network} has size ${size}. Write ${output}: [${fits}].`,
    cause:
      'A forecast is one number; a classification has one output for each class, or one for the positive class.',
    mend: "Change the size of the network's output.",
  }),
  'data.steps': entry<{ dataset: string; output: string; network: string }>({
    severity: 'error',
    message: ({ dataset, output, network }) =>
      `${dataset} has a target at each time step, "${output}" of ${network} is one vector for the whole sequence. Leave out last.`,
    cause: 'With framing = sequence the network answers at each time step.',
    mend: 'Leave out last, or frame the data by windows.',
  }),
  'data.future': entry<{ network: string; layer: string; dataset: string }>({
    severity: 'warning',
    message: ({ network, layer, dataset }) =>
      `${network} sees the future: "${layer}" runs backward through the sequence of ${dataset}, and so knows at each time step the value that is to be forecast there.`,
    cause:
      'A bidirectional layer needs sequences that end before what is to be forecast; otherwise its error says nothing.',
    mend: 'Frame the data by windows, or use layers that run forward.',
  }),
  'data.oneStep': entry<{ dataset: string; layer: string; network: string }>({
    severity: 'warning',
    message: ({ dataset, layer, network }) =>
      `${dataset} gives windows of one time step: "${layer}" of ${network} begins each with states of 0, so that nothing recurs and its recurrent weights see zeros only.`,
    cause: 'A recurrent network remembers within a sequence; each window is a sequence of its own.',
    mend: 'Write a longer window = N steps, or framing = sequence.',
  }),
  'experiment.ports': entry<{ network: string; inputs: number; outputs: number }>({
    severity: 'error',
    message: ({ network, inputs, outputs }) =>
      `An experiment needs a network of one input and one output; ${network} has ${inputs} and ${outputs}.`,
    cause: 'A data set has one sequence of features, and one target.',
    mend: 'Take the features together in one input, and concatenate the outputs.',
  }),
  'train.patience': entry<Nothing>({
    severity: 'error',
    message: () => 'Early stopping has no samples to watch. Hold out a share: validation = 20 %.',
    cause: 'patience counts epochs without a lower loss on samples that do not train.',
    mend: 'Add validation = 20 %, or remove patience.',
  }),
  'train.loss': entry<{ because: string }>({
    severity: 'warning',
    message: ({ because }) => `Cross-entropy needs probabilities of classes: ${because}.`,
    cause: 'The logarithm of what is no probability means nothing, and does not exist below 0.',
    mend: 'End the network in softmax, or in a sigmoid for one output; forecasts take mse or mae.',
  }),
  'expect.settled': entry<{
    metric: string;
    range: string;
    condition: string;
    outcome: string;
    fits?: string;
  }>({
    severity: 'warning',
    message: ({ metric, range, condition, outcome, fits }) =>
      `${metric} ${range}, so that ${condition} ${outcome}.${fits ? ` Did you mean ${fits}?` : ''}`,
    cause: 'An expectation that can only hold, or only fail, tests nothing.',
    mend: 'Compare with a value that the metric can take; a share of 95 % is 0.95.',
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
