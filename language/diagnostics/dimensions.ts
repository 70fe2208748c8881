import { entry } from './entry.ts';

/** Sizes of signals. */
export const dimensionDiagnostics = {
  'dimension.mismatch': entry<{
    left: string;
    leftSize: string;
    right: string;
    rightSize: string;
    /** How the sizes came about, or what would fit; one sentence. */
    because?: string;
  }>({
    severity: 'error',
    message: ({ left, leftSize, right, rightSize, because }) =>
      `${left} has size ${leftSize}, ${right} has size ${rightSize}.${because ? ` ${because}` : ''}`,
    cause: 'Elementwise operations and connections need equal sizes; a size of 1 fits every size.',
    mend: 'Change one of the sizes, or put a vmm or dense layer between.',
  }),
  'dimension.undetermined': entry<{ name: string; unused?: boolean }>({
    severity: 'error',
    message: ({ name, unused }) =>
      unused
        ? `Nothing uses "${name}", so that nothing says what size it has.`
        : `Nothing says what size "${name}" has.`,
    cause: 'A crossbar product takes its size from what it is combined with or assigned to.',
    mend: 'Use the value together with a state or output whose size is declared.',
  }),
  'dimension.unbound': entry<{ cell: string; dimension: string }>({
    severity: 'error',
    message: ({ cell, dimension }) => `${cell} needs the size "${dimension}", as in units = 4.`,
    cause: 'The size follows from no input.',
    mend: 'Add the argument.',
  }),
  'dimension.unknown': entry<{ dimension: string; cell: string }>({
    severity: 'error',
    message: ({ dimension, cell }) => `"${dimension}" is no dimension of an input or output of ${cell}.`,
    cause: 'Dimension variables are declared by the ports of a cell.',
    mend: 'Use a dimension of the ports.',
  }),
  'dimension.value': entry<{ dimension: string }>({
    severity: 'error',
    message: ({ dimension }) =>
      `The size "${dimension}" is a whole number of at least 1 and at most a million.`,
    cause: 'A signal has at least one element.',
    mend: 'Write a positive whole number.',
  }),
  'dimension.variable': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `"${name}" is a variable; the sizes of a network are numbers.`,
    cause: 'A network is built once, at known sizes.',
    mend: 'Write the number.',
  }),
  'dimension.fixed': entry<{ cell: string; dimension: string; value: string; given: string }>({
    severity: 'error',
    message: ({ cell, dimension, value, given }) =>
      `The inputs of ${cell} make "${dimension}" ${value}; it cannot be ${given}.`,
    cause: 'The size follows from the inputs already.',
    mend: 'Remove the argument or change the input.',
  }),
  'network.tooLarge': entry<{ network: string; weights: string; limit: string }>({
    severity: 'error',
    message: ({ network, weights, limit }) =>
      `${network} has ${weights} weights; at most ${limit} can be computed. Use fewer units.`,
    cause: 'Weights and their gradients must fit into the memory of one compiled network, 4 GiB.',
    mend: 'Use fewer units.',
  }),
} as const;
