import { entry, type Nothing } from './entry.ts';

/** Equations of cells, blocks and devices; networks' layers. */
export const equationDiagnostics = {
  'state.unassigned': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `The state "${name}" never gets a new value: there is no equation ${name}' = ….`,
    cause: 'A state without an equation would keep its initial value for ever.',
    mend: 'Add the equation, or remove the state.',
  }),
  'state.notPrimed': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `"${name}" is a state: its equation is written ${name}' = ….`,
    cause: 'Without a prime a state is the value that the previous step left, which cannot be assigned.',
    mend: 'Add the prime.',
  }),
  'state.notDeclared': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `"${name}'" is the new value of a state, but "${name}" is no state.`,
    cause: 'Only states have a previous and a new value.',
    mend: 'Declare it (state NAME: [m]), or remove the prime.',
  }),
  'equation.loop': entry<{ names: string }>({
    severity: 'error',
    message: ({ names }) => `These equations need each other's values within one step: ${names}.`,
    cause: 'A combinational loop has no order in which it can be computed.',
    mend: 'Break the loop with a state: refer to its previous value, without a prime.',
  }),
  'equation.unused': entry<{ name: string }>({
    severity: 'warning',
    message: ({ name }) => `"${name}" influences no output and no state.`,
    cause: 'Nothing refers to the value, so its circuit would be built for nothing.',
    mend: 'Use it or remove it.',
  }),
  'equation.constant': entry<Nothing>({
    severity: 'error',
    message: () => 'A range cannot be computed with; use its ends, as in rails.low and rails.high.',
    cause: 'Ranges only limit: clamp(x, rails).',
    mend: 'Write .low or .high behind the range.',
  }),
  'equation.notARange': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `"${name}" is no range; only ranges have .low and .high.`,
    cause: 'The value is a single number.',
    mend: 'Remove the dot and what follows.',
  }),
  'equation.operand': entry<{ what: string }>({
    severity: 'error',
    message: ({ what }) => `${what} cannot stand in an equation.`,
    cause: 'Equations consist of names, numbers, functions and + - * / ^.',
    mend: 'Replace it by a number or a name.',
  }),
  'equation.output': entry<{ owner: string; name: string }>({
    severity: 'error',
    message: ({ owner, name }) => `${owner} has the output "${name}", but no equation or state of that name.`,
    cause: 'An output takes the value of the equation or state that bears its name.',
    mend: 'Add the equation.',
  }),
  'equation.output.read': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `"${name}" has no value here: it is an output without an equation.`,
    cause: 'An output takes the value of the equation that bears its name.',
    mend: 'Add the equation, or refer to another name.',
  }),
  'product.misplaced': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `${name} is a crossbar product; it stands in the equations of a cell.`,
    cause: 'Blocks and devices are circuits of their own and contain no crossbar.',
    mend: 'Move the product into a cell.',
  }),
  'product.operands': entry<{ name: string; expected: string }>({
    severity: 'error',
    message: ({ name, expected }) => `${name} takes ${expected}.`,
    cause: 'A crossbar product multiplies signals by weights.',
    mend: 'Correct the operands.',
  }),
  'port.size': entry<{ name: string; expected: string }>({
    severity: 'error',
    message: ({ name, expected }) => `"${name}" needs ${expected}.`,
    cause:
      'Inputs and outputs of cells and networks have a size in brackets; those of blocks and devices have a unit.',
    mend: 'Write name: [n] in cells and networks, name: V in blocks and devices.',
  }),
  'cell.ports': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) =>
      `The cell "${name}" has neither inputs and outputs of its own nor a cell that it extends.`,
    cause: 'A cell takes its ports from the cell that it extends, or declares them.',
    mend: 'Write cell NAME(x: [n]) -> h: [m] { … }.',
  }),
  'layer.expression': entry<{ what: string }>({
    severity: 'error',
    message: ({ what }) => `${what} cannot stand in a network.`,
    cause: 'Layers consist of cells, layer functions, elementwise functions and + - * / of signals.',
    mend: 'Move the computation into a cell.',
  }),
  'layer.constant': entry<Nothing>({
    severity: 'warning',
    message: () =>
      'softmax over one unit is always 1. Give it a unit for each class, or write sigmoid for the probability of one.',
    cause: 'The shares of all units add up to 1, so that a single one has all of it.',
    mend: 'Use as many units as there are classes, or a sigmoid.',
  }),
  'layer.time': entry<{ fn: string; expected: string }>({
    severity: 'error',
    message: ({ fn, expected }) => `${fn} needs ${expected}.`,
    cause: 'Cells run over a sequence; last(…) turns a sequence into one vector.',
    mend: 'Apply last(…) once, behind the last cell.',
  }),
  'layer.unused': entry<{ name: string }>({
    severity: 'warning',
    message: ({ name }) => `The layer "${name}" reaches no output of the network.`,
    cause: 'Nothing refers to the layer.',
    mend: 'Use it or remove it.',
  }),
  'binding.target': entry<{ role: string; expected: string; actual: string }>({
    severity: 'error',
    message: ({ role, expected, actual }) => `"${role}" is realised by ${expected}, not by ${actual}.`,
    cause: 'Products of vectors and weights live in a crossbar, everything else in blocks.',
    mend: 'Bind the role to the kind expected.',
  }),
  'binding.ports': entry<{ role: string; block: string; expected: string }>({
    severity: 'error',
    message: ({ role, block, expected }) => `${block} cannot realise "${role}": it needs ${expected}.`,
    cause: 'The ports of the block do not fit the signals of the role.',
    mend: 'Bind another block, or change its ports.',
  }),
  'share.unknown': entry<{ word: string; expected: string }>({
    severity: 'error',
    message: ({ word, expected }) => `"${word}" cannot be shared here; write ${expected}.`,
    cause: 'Activation circuits are shared across units, across gates, or both.',
    mend: 'Write share activations across units and gates.',
  }),
} as const;
