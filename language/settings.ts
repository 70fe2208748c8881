import {
  failure,
  type Outcome,
  type ParameterPath,
  type ParameterValue,
  type Problem,
  success,
  suggestion,
} from '@memloom/sim-core';
import type { LangiumDocument } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { type DataFile, dataFileOf, dataFileUri } from './data-files.ts';
import { messageOf } from './diagnostics/catalogue.ts';
import type { Report } from './diagnostics/report.ts';
import { reachableDeclarations } from './elaborate/design.ts';
import { parameterType } from './elaborate/parameters.ts';
import { sweptValue } from './elaborate/swept-value.ts';
import * as ast from './generated/ast.ts';
import { parseValue } from './parse-value.ts';
import { ownedParameters } from './references/arguments.ts';
import type { LoomServices } from './services.ts';
import { surroundingsOf } from './validation/checks.ts';

/** A `--set` of the terminal: which parameter, and the value it takes. */
export interface Setting {
  readonly path: ParameterPath;
  readonly value: ParameterValue;
  /** The data file that the value replaces, where it does. */
  readonly replaces?: DataFile;
}

/**
 * Reads `OWNER.PARAMETER=VALUE` with the checks that the same value would meet in the text. Texts may go without
 * their quotes, of which a shell leaves little. Data files are named relative to `folder`, a URI.
 */
export async function readSetting(
  text: string,
  document: LangiumDocument,
  folder: string,
  shared: LangiumSharedServices,
  services: LoomServices,
): Promise<Outcome<Setting>> {
  const match = /^\s*([^\s=]+)\.([^\s.=]+)\s*=\s*(.*\S)\s*$/s.exec(text);
  if (!match)
    return failure({
      code: 'set.syntax',
      message: `"${text}" is no setting.`,
      hint: 'Write OWNER.PARAMETER=VALUE, as in HfO2.levels=16.',
    });
  const [, owner, parameter, valueText] = match;
  const found = findParameter(owner, parameter, document, services);
  if (!found.ok) return found;
  const path = { owner, parameter };
  if (found.value.file) {
    const value = dataFileUri(withoutQuotes(valueText), folder);
    return success({ path, value: { kind: 'word', value }, replaces: found.value.file });
  }
  const type = parameterType(found.value.node, found.value.random, () => undefined);
  if (type.kind === 'text' || type.kind === 'texts')
    return success({ path, value: { kind: 'word', value: withoutQuotes(valueText) } });
  const expression = await parseValue(valueText, shared);
  if (!expression)
    return failure({
      code: 'set.value',
      message: `"${valueText}" is no value.`,
      hint: 'Write it as in a text: 16, 10 kOhm, gaussian(2 %), 0 V .. 1 V, voltage.',
    });
  const problems: Problem[] = [];
  const report: Report = (code, _place, details) => {
    problems.push({ code, message: `${owner}.${parameter}: ${messageOf(code, details)}` });
  };
  const value = sweptValue(expression, found.value.node, found.value.random, report);
  if (value && problems.length === 0) return success({ path, value });
  return problems.length > 0
    ? failure(...problems)
    : failure({ code: 'value.expected', message: `${owner}.${parameter} cannot be ${valueText}.` });
}

/** A text as it is meant: what stands between a pair of double quotes, or all of it. */
const withoutQuotes = (text: string): string => /^"(.*)"$/s.exec(text)?.[1] ?? text;

type Found =
  | { readonly node: ast.Parameter; readonly random: boolean; readonly file?: undefined }
  | { readonly file: DataFile };

function findParameter(
  owner: string,
  parameter: string,
  document: LangiumDocument,
  services: LoomServices,
): Outcome<Found> {
  const declarations = reachableDeclarations(
    document,
    surroundingsOf(services, () => undefined),
  );
  const named = declarations.filter((entry) => entry.name === owner);
  const [file] = named.flatMap(({ declaration }) => dataFileOf(declaration, parameter) ?? []);
  if (file) return success({ file });
  const candidates = named.flatMap(({ declaration }) =>
    ownedParameters(declaration, services.references.ScopeProvider.schemas).map((node) => ({
      node,
      random: ast.isBlock(declaration),
    })),
  );
  const match = candidates.find(({ node }) => node.name === parameter);
  if (match) return success(match);
  if (named.length === 0) {
    const known = declarations.map((entry) => entry.name);
    return failure({
      code: 'override.unknown-owner',
      message: `There is nothing named "${owner}" to set a parameter of.`,
      hint: suggestion(owner, known, 'The design is empty.'),
    });
  }
  const files = named.some(({ declaration }) => dataFileOf(declaration, 'from')) ? ['from'] : [];
  const known = [...files, ...candidates.map(({ node }) => node.name)];
  return failure({
    code: 'override.unknown-parameter',
    message: `"${owner}" has no parameter "${parameter}".`,
    hint: suggestion(parameter, known, 'It has none.'),
  });
}
