import { entry, type Nothing } from './entry.ts';

/** Units, parameters, arguments and properties. */
export const valueDiagnostics = {
  'unit.unknown': entry<{ unit: string; suggestion?: string }>({
    severity: 'error',
    message: ({ unit, suggestion }) =>
      `"${unit}" is no unit.${suggestion ? ` Did you mean ${suggestion}?` : ''}`,
    cause: 'A word behind a number on the same line is read as its unit.',
    mend: 'Correct the unit, or put what follows on a line of its own.',
  }),
  'unit.mismatch': entry<{
    expected: string;
    actual: string;
    subject: string /** A value that would do. */;
    example?: string;
  }>({
    severity: 'error',
    message: ({ expected, actual, subject, example }) =>
      `${subject} is ${expected}, not ${actual}${example ? `; write ${example}, for example` : ''}.`,
    cause: 'The unit of the value is not the unit of what it is for.',
    mend: 'Write the value in the unit expected.',
  }),
  'unit.combination': entry<{ operation: string; left: string; right: string }>({
    severity: 'error',
    message: ({ operation, left, right }) => `${operation} needs equal units, not ${left} and ${right}.`,
    cause: 'Quantities of different kinds cannot be added, compared or limited by one another.',
    mend: 'Divide or multiply by a quantity that makes the units equal.',
  }),
  'unit.argument': entry<{ fn: string; actual: string }>({
    severity: 'error',
    message: ({ fn, actual }) => `${fn} takes a plain number, not ${actual}.`,
    cause: 'The function is defined on plain numbers only.',
    mend: 'Divide the argument by a quantity of its unit, such as `unit` or 1 V.',
  }),
  'unit.exponent': entry<Nothing>({
    severity: 'error',
    message: () => 'The exponent of a quantity with a unit must be a constant plain number.',
    cause: 'The unit of the power depends on the exponent, so it has to be known.',
    mend: 'Use a number as exponent, or divide the base by a quantity of its unit.',
  }),
  'value.expected': entry<{ subject: string; expected: string }>({
    severity: 'error',
    message: ({ subject, expected }) => `${subject} takes ${expected}.`,
    cause: 'The value is of another kind than what it is for.',
    mend: 'Write a value of the kind expected.',
  }),
  'value.constant': entry<Nothing>({
    severity: 'error',
    message: () => 'This value must be known before the run: numbers, units and + - * / ^ only.',
    cause: 'Parameters and properties are constants; signals have values only while the network runs.',
    mend: 'Write the number.',
  }),
  'value.bounds': entry<{
    subject: string;
    value: string;
    bounds: string;
    /** The bounds in SI units, where both are numbers. */
    low?: number;
    high?: number;
    /** The same figure with the prefix that was probably meant, and what the prefixes say. */
    meant?: string;
    reading?: string;
  }>({
    severity: 'error',
    message: ({ subject, value, bounds, meant, reading }) =>
      `${subject} is within ${bounds}; ${value} is outside.${meant ? ` Did you mean ${meant}? ${reading}.` : ''}`,
    cause: 'The value lies beyond the bounds that its declaration gives.',
    mend: 'Choose a value within the bounds. A factor of a thousand is often a prefix: m is milli, M is mega.',
  }),
  'value.prefix': entry<{ subject: string; value: string; usual: string; meant: string; reading: string }>({
    severity: 'warning',
    message: ({ subject, value, usual, meant, reading }) =>
      `${subject} is ${value}, far from the usual ${usual}. Did you mean ${meant}? ${reading}.`,
    cause:
      'The value is within its bounds, but a factor of a million or more away from the default, and another prefix brings it there.',
    mend: 'Correct the prefix.',
  }),
  'value.integer': entry<{ subject: string }>({
    severity: 'error',
    message: ({ subject }) => `${subject} is a whole number.`,
    cause: 'A count cannot be a fraction.',
    mend: 'Write a whole number without a unit.',
  }),
  'value.range': entry<{ low: string; high: string }>({
    severity: 'error',
    message: ({ low, high }) => `The range runs from ${low} to ${high}; its lower end must come first.`,
    cause: 'A range with its ends exchanged contains nothing.',
    mend: 'Exchange the ends.',
  }),
  'value.number': entry<{ text: string }>({
    severity: 'error',
    message: ({ text }) => `${text} is beyond the range of numbers.`,
    cause: 'Numbers reach up to 1.8e308; a constant expression may also divide by zero.',
    mend: 'Write a number within the range.',
  }),
  'value.word': entry<{ subject: string; words: string; word: string; suggestion?: string }>({
    severity: 'error',
    message: ({ subject, words, word, suggestion }) =>
      `${subject} is ${words}, not "${word}".${suggestion ? ` Did you mean "${suggestion}"?` : ''}`,
    cause: 'The property chooses among fixed words.',
    mend: 'Use one of the words.',
  }),
  'distribution.mean': entry<{ subject: string }>({
    severity: 'error',
    message: ({ subject }) => `A relative spread of ${subject} needs the mean that it is relative to.`,
    cause: 'A percentage of nothing is nothing.',
    mend: 'Write the mean first, as in gaussian(1, 1 %), or an absolute spread.',
  }),
  'parameter.unknown': entry<{ owner: string; name: string; suggestion?: string }>({
    severity: 'error',
    message: ({ owner, name, suggestion }) =>
      `${owner} has no parameter "${name}".${suggestion ? ` Did you mean "${suggestion}"?` : ''}`,
    cause: 'Only what the declaration lists can be set.',
    mend: 'Correct the name, or remove it.',
  }),
  'parameter.duplicate': entry<{ name: string; byPosition?: boolean }>({
    severity: 'error',
    message: ({ name, byPosition }) =>
      `"${name}" is given twice${byPosition ? ', by its position and by its name' : ''}.`,
    cause: 'Two values for one parameter: only one can count.',
    mend: 'Remove one of them.',
  }),
  'parameter.missing': entry<{ owner: string; name: string; meaning: string }>({
    severity: 'error',
    message: ({ owner, name, meaning }) => `${owner} needs "${name}"${meaning ? `: ${meaning}` : ''}.`,
    cause: 'The parameter has no default.',
    mend: 'Add it.',
  }),
  'parameter.position': entry<{ owner: string; expected: string }>({
    severity: 'error',
    message: ({ owner, expected }) => `${owner} takes ${expected}.`,
    cause: 'More values are given than there are parameters, or a value stands without its name.',
    mend: 'Name each value, as in rOn = 10 kOhm, or remove what is too much.',
  }),
  'parameter.default': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `The parameter "${name}" needs a default.`,
    cause: 'A block or device can be used without naming its parameters.',
    mend: 'Write a default: param gain = 1 in 0.1 .. 10.',
  }),
  'device.values': entry<{ message: string }>({
    severity: 'error',
    message: ({ message }) => message,
    cause: 'The values are within their bounds, but do not make a device together.',
    mend: 'Change one of the values named.',
  }),
  'property.unfit': entry<{ property: string; reason: string }>({
    severity: 'error',
    message: ({ property, reason }) => `"${property}" does not apply here: ${reason}.`,
    cause: 'The property belongs to another form of this declaration.',
    mend: 'Remove it, or use the form that it belongs to.',
  }),
  'function.size': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `${name} comes to more operations than an equation can have once it is expanded.`,
    cause: 'A function stands for its body, so functions that repeat functions grow without bounds.',
    mend: 'Compute intermediate values in equations of their own.',
  }),
  'function.misplaced': entry<{ name: string; kind: string; expected: string }>({
    severity: 'error',
    message: ({ name, kind, expected }) => `${name} is ${kind}; here stands ${expected}.`,
    cause: 'Each function has its place: equations, networks, distributions, training.',
    mend: 'Use a function of the kind expected.',
  }),
} as const;
