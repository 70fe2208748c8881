import { entry } from './entry.ts';

/** Cells that are well formed and yet not what the literature writes. */
export const cellDiagnostics = {
  'bias.missing': entry<{ gate: string; others: string; fits: string }>({
    severity: 'warning',
    message: ({ gate, others, fits }) =>
      `"${gate}" has no bias, the other gates (${others}) have one. Write ${fits} if it was forgotten.`,
    cause:
      'The operand 1 is a row of its own in the crossbar; without it the gate is centred where its weights alone put it.',
    mend: 'Add the operand 1 to the product.',
  }),
  'peephole.previous': entry<{ gate: string; memory: string; output: string }>({
    severity: 'warning',
    message: ({ gate, memory, output }) =>
      `"${gate}" lets the new state ${memory}' out to "${output}", but its peephole sees the old one. Write peephole(${memory}').`,
    cause:
      'An output gate comes behind the update of the state and peeps its new value (Gers, Schraudolph & Schmidhuber, JMLR 3, 2002).',
    mend: 'Add the prime.',
  }),
  'peephole.next': entry<{ gate: string; state: string }>({
    severity: 'error',
    message: ({ gate, state }) =>
      `The peephole of "${gate}" sees the new state ${state}', which needs "${gate}" itself. Write peephole(${state}), its previous value.`,
    cause:
      'Input and forget gates come before the update of the state, so that they can only peep what the last time step left.',
    mend: 'Remove the prime.',
  }),
  'update.coupling': entry<{ gate: string; state: string }>({
    severity: 'warning',
    message: ({ gate, state }) =>
      `"${gate}" both keeps the old "${state}" and admits the new value. Coupled gates add up to 1: ${gate} and (1 - ${gate}).`,
    cause:
      'With the same gate on both sides the state is either kept together with what is new, or lost together with it.',
    mend: 'Write 1 - GATE for one of the two.',
  }),
  'update.swapped': entry<{ state: string }>({
    severity: 'warning',
    message: ({ state }) =>
      `The input gate "i" keeps the old "${state}" and the forget gate "f" admits the new value: they are exchanged. Write f * ${state} + i * ….`,
    cause: 'The forget gate multiplies what the state keeps, the input gate what it takes in.',
    mend: 'Exchange the two gates.',
  }),
  'update.gate': entry<{ gate: string; state: string; reaches: string }>({
    severity: 'warning',
    message: ({ gate, state, reaches }) =>
      `"${gate}" keeps the old "${state}", but can be ${reaches}. What keeps a state lies within 0 .. 1, as a sigmoid does.`,
    cause: 'With a factor beyond 1 a state grows from step to step, with a negative one it changes its sign.',
    mend: 'Write the gate with sigmoid or hardSigmoid, or keep the state with 1 - GATE.',
  }),
  'update.stale': entry<{ output: string; state: string }>({
    severity: 'warning',
    message: ({ output, state }) =>
      `"${output}" is made of the old "${state}", and nothing reads the new one. Write ${state}'.`,
    cause:
      'Without its prime a state is what the last time step left, so that what comes in reaches the output a step late.',
    mend: 'Add the prime.',
  }),
  'gate.narrow': entry<{ gate: string; fn: string; into: string; reached: string }>({
    severity: 'warning',
    message: ({ gate, fn, into, reached }) =>
      `A ${fn} of "${gate}" only reaches ${reached}, whatever the weights are: what goes in lies within ${into}.`,
    cause:
      'An activation behind another one sees a small part of its range, so that a gate can neither open nor close.',
    mend: 'Apply one activation to the sum of the products.',
  }),
  'state.unread': entry<{ name: string; cell: string }>({
    severity: 'warning',
    message: ({ name, cell }) =>
      `Nothing in ${cell} reads what the last time step left of "${name}": as a state it only costs a memory. If the gates shall see it, write vmm(…, ${name}, 1); otherwise it is an equation, ${name} = ….`,
    cause:
      'A state carries a value from one time step to the next; an output that nothing reads again needs none.',
    mend: 'Add the operand that was forgotten, or make an equation of the state.',
  }),
  'state.unused': entry<{ name: string }>({
    severity: 'warning',
    message: ({ name }) => `The state "${name}" influences no output of the cell.`,
    cause:
      'Neither its previous nor its new value leads to an output, so that its memory and its gates would be built for nothing.',
    mend: 'Use it, or remove it with its equation.',
  }),
  'cell.architecture': entry<{ name: string; architecture: string; lacking: string; source: string }>({
    severity: 'warning',
    message: ({ name, architecture, lacking, source }) =>
      `${name} is not wired as a ${architecture}: ${lacking} (${source}).`,
    cause: 'The name is that of a published architecture, whose equations are others.',
    mend: 'Correct the equations, or give the cell another name.',
  }),
} as const;
