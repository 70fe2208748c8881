import { LangiumParserErrorMessageProvider } from 'langium';

type Mismatch = Parameters<LangiumParserErrorMessageProvider['buildMismatchTokenMessage']>[0];
type Redundant = Parameters<LangiumParserErrorMessageProvider['buildNotAllInputParsedMessage']>[0];
type NoAlternative = Parameters<LangiumParserErrorMessageProvider['buildNoViableAltMessage']>[0];

/** Tokens in words; marks and keywords stand for themselves. */
const tokenNames: Readonly<Record<string, string>> = {
  ID: 'a name',
  NUMBER: 'a number',
  QUANTITY: 'a number with its unit',
  STRING: 'a text in double quotes',
  SIZE: 'a size such as 12 x 16',
};

/** What a rule of the grammar begins with, in words. */
const ruleNames: Readonly<Record<string, string>> = {
  Model: 'a declaration such as cell, network or experiment',
  Declaration: 'a declaration such as cell, network or experiment',
  Primary: 'a value',
  Signed: 'a value',
  Unit: 'a unit',
  UnitFactor: 'a unit',
  Port: 'a size in brackets or a unit',
  SizeTerm: 'a size',
  Statement: 'a statement such as train, infer or expect',
  Import: 'std.NAME or a path in double quotes',
  Dataset: 'from "FILE" or generate',
};

/** Says what is expected where the text does not follow the grammar. */
export class LoomParserErrorMessageProvider extends LangiumParserErrorMessageProvider {
  override buildMismatchTokenMessage({ expected, actual }: Mismatch): string {
    const wanted =
      expected.name === 'EOF' ? ruleNames.Model : (tokenNames[expected.name] ?? `"${expected.name}"`);
    return `Here belongs ${wanted}, not ${found(actual.image)}.`;
  }

  override buildNotAllInputParsedMessage({ firstRedundant }: Redundant): string {
    return `Here belongs ${ruleNames.Model}, not ${found(firstRedundant.image)}.`;
  }

  override buildNoViableAltMessage({ actual, ruleName }: NoAlternative): string {
    const wanted = ruleNames[ruleName];
    const text = found(actual[0]?.image ?? '');
    return wanted ? `Here belongs ${wanted}, not ${text}.` : `Nothing can begin with ${text} here.`;
  }

  override buildEarlyExitMessage({
    actual,
  }: Parameters<LangiumParserErrorMessageProvider['buildEarlyExitMessage']>[0]): string {
    return `Nothing can begin with ${found(actual[0]?.image ?? '')} here.`;
  }
}

const found = (image: string): string => (image === '' ? 'the end of the file' : `"${image.slice(0, 40)}"`);
