import { entry, type Nothing } from './entry.ts';

/** Syntax, names, imports. */
export const nameDiagnostics = {
  'file.unreadable': entry<{ file: string }>({
    severity: 'error',
    message: ({ file }) => `The file ${file} cannot be read.`,
    cause: 'There is no such file, or it is not readable.',
    mend: 'Correct the path or the permissions.',
  }),
  'syntax.character': entry<{ text: string }>({
    severity: 'error',
    message: ({ text }) =>
      text.startsWith('"')
        ? 'This text has no closing quote on its line.'
        : `"${text}" does not belong here.`,
    cause:
      'The text contains characters that no word, number, string or operator of the language begins with.',
    mend: 'Remove them; strings stand in double quotes, comments after //.',
  }),
  'syntax.encoding': entry<Nothing>({
    severity: 'error',
    message: () => 'This is no text in UTF-8.',
    cause: 'The file is binary, or was saved in another encoding.',
    mend: 'Save it as plain text in UTF-8.',
  }),
  'syntax.unexpected': entry<{ message: string }>({
    severity: 'error',
    message: ({ message }) => message,
    cause: 'The text does not follow the grammar.',
    mend: 'Write what is expected, or see the language reference.',
  }),
  'syntax.equals': entry<{ name: string; value: string }>({
    severity: 'error',
    message: ({ name, value }) => `Between "${name}" and ${value} belongs "=".`,
    cause: 'A value is set by NAME = VALUE.',
    mend: 'Write the equals sign.',
  }),
  'syntax.depth': entry<{ limit: number }>({
    severity: 'error',
    message: ({ limit }) => `This is nested too deeply; ${limit} levels are the limit.`,
    cause: 'Brackets or operators are nested so deeply that the text can hardly be meant.',
    mend: 'Split the expression into several equations.',
  }),
  'name.unknown': entry<{ kind: string; name: string; suggestion?: string }>({
    severity: 'error',
    message: ({ kind, name, suggestion }) =>
      `There is no ${kind} "${name}".${suggestion ? ` Did you mean "${suggestion}"?` : ''}`,
    cause: 'The name is declared neither in this file nor in what it imports.',
    mend: 'Correct the name, declare it, or import the file that declares it.',
  }),
  'name.notImported': entry<{ kind: string; name: string; library: string }>({
    severity: 'error',
    message: ({ kind, name, library }) =>
      `The ${kind} "${name}" is in ${library}, which this file does not import.`,
    cause: 'Imports reach no further than the file that makes them.',
    mend: 'Add the import at the top of the file.',
  }),
  'name.duplicate': entry<{ name: string; first: string }>({
    severity: 'error',
    message: ({ name, first }) => `"${name}" is already declared ${first}.`,
    cause: 'Two declarations share a name, so that a use could mean either.',
    mend: 'Rename one of them.',
  }),
  'name.reserved': entry<{ keyword: string }>({
    severity: 'error',
    message: ({ keyword }) => `"${keyword}" declarations belong to the prelude of the language.`,
    cause: 'Models and property schemas say what the engine knows; a text cannot add to that.',
    mend: 'Write a device by its state equations instead: device NAME(v: V) -> i: A { … }.',
  }),
  'import.notFound': entry<{ path: string; suggestion?: string }>({
    severity: 'error',
    message: ({ path, suggestion }) =>
      `There is no file ${path} to import.${suggestion ? ` Did you mean ${suggestion}${path.startsWith('"') ? ', without quotes' : ''}?` : ''}`,
    cause: 'The path is looked up beside this file; std.NAME names a file of the standard library.',
    mend: 'Correct the path.',
  }),
  'import.cycle': entry<{ files: string }>({
    severity: 'error',
    message: ({ files }) => `These files import each other: ${files}.`,
    cause: 'Files that import each other have no order in which they could be understood.',
    mend: 'Move what both need into a third file.',
  }),
  'import.unused': entry<{ file: string }>({
    severity: 'information',
    message: ({ file }) => `Nothing here comes from ${file}.`,
    cause: 'An import without a use only makes the reader look for one.',
    mend: 'Remove the import.',
  }),
  'declaration.unused': entry<{ kind: string; name: string }>({
    severity: 'information',
    message: ({ kind, name }) => `The ${kind} "${name}" is not used in this file.`,
    cause:
      'A file with an experiment is run rather than imported, so that what nothing refers to has no effect.',
    mend: 'Use it or remove it.',
  }),
  'network.unused': entry<{ name: string }>({
    severity: 'warning',
    message: ({ name }) => `No experiment of this file runs the network "${name}".`,
    cause: 'A network is trained and evaluated by an experiment that names it.',
    mend: 'Write network NAME in an experiment, or remove the network.',
  }),
  'override.same': entry<{ name: string; base: string }>({
    severity: 'warning',
    message: ({ name, base }) => `"${name}" is the same in ${base}: the override changes nothing.`,
    cause: 'What is not written is inherited as it stands.',
    mend: 'Remove it, or write what should differ.',
  }),
  'extends.cycle': entry<{ names: string }>({
    severity: 'error',
    message: ({ names }) => `These extend each other: ${names}.`,
    cause: 'A declaration that extends itself, directly or through others, never gets any content.',
    mend: 'Remove one of the extends clauses.',
  }),
  'analysis.unavailable': entry<{ analysis: string }>({
    severity: 'warning',
    message: ({ analysis }) =>
      `This version does not run the ${analysis} analysis; the experiment runs without it.`,
    cause: 'The analysis is part of the language, not yet of the engine.',
    mend: 'Leave it in for later, or remove it.',
  }),
  'check.failed': entry<{ message: string }>({
    severity: 'error',
    message: ({ message }) => `The check of this declaration failed: ${message}.`,
    cause: 'This is a mistake in Memloom, not in the text.',
    mend: 'Please report it with the text that brings it about.',
  }),
  'experiment.statement': entry<{ statement: string }>({
    severity: 'error',
    message: ({ statement }) => `An experiment has one "${statement}" statement; this is another.`,
    cause: 'The statement is given twice and only one can count.',
    mend: 'Remove one, or make two experiments.',
  }),
  'experiment.incomplete': entry<{ missing: string }>({
    severity: 'error',
    message: ({ missing }) => `This experiment does not say ${missing}.`,
    cause: 'An experiment needs a network, its data, and training or weights.',
    mend: 'Add the statement.',
  }),
} as const;
