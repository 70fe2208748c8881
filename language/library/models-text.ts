import type { DeviceModel, ModelParameter, NumberParameter } from '@memloom/sim-core';

/** The catalogue of device models as a text of the language: what `std/models.loom` holds. */
export function modelsText(models: Iterable<DeviceModel>): string {
  return `${header}\n${[...models].map(modelText).join('\n')}`;
}

const header = `// The compact device models of the engine, with their parameters. Written by the project's own build from the engine's
// catalogue: what is changed here has no effect.
`;

function modelText(model: DeviceModel): string {
  const doc = [...wrap(model.doc), ...wrap(`Source: ${model.source}`)]
    .map((line) => `/// ${line}\n`)
    .join('');
  const parameters = model.parameters.map(parameterText).join('');
  const sets = Object.entries(model.sets).map(([name, set]) => {
    const values = Object.entries(set.values).map(
      ([parameter, value]) =>
        `${parameter} = ${valueText(
          value,
          model.parameters.find((known) => known.name === parameter),
        )}`,
    );
    return `${wrap(set.source)
      .map((line) => `  /// ${line}\n`)
      .join('')}  set ${name}(${values.length > 0 ? `\n    ${values.join(',\n    ')}\n  ` : ''})\n`;
  });
  return `${doc}model ${model.name} {\n${parameters}${sets.join('')}}\n`;
}

function parameterText(parameter: ModelParameter): string {
  const doc = wrap(`${parameter.doc} (${parameter.source})`)
    .map((line) => `  /// ${line}\n`)
    .join('');
  if (parameter.kind === 'word')
    return `${doc}  param ${parameter.name} = ${parameter.default} of ${parameter.words.join(' | ')}\n`;
  const { low, high } = parameter;
  return `${doc}  param ${parameter.name}: ${loomUnit(parameter.unit)} = ${quantity(parameter.default, parameter)} in ${quantity(low, parameter)} .. ${quantity(high, parameter)}\n`;
}

const valueText = (value: number | string, parameter: ModelParameter | undefined): string =>
  typeof value === 'string' || parameter?.kind !== 'number' ? `${value}` : quantity(value, parameter);

/** A number with its unit as the language writes it: `10 /s` rather than `10 1/s`. */
function quantity(value: number, { unit }: NumberParameter): string {
  const number = `${value}`.replace('e+', 'e');
  const written = loomUnit(unit);
  return unit === '1' ? number : `${number} ${written.replace(/^1\//, '/')}`;
}

/** Text in lines that fit behind a doc comment's slashes. */
function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + word.length > 108) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** The catalogue writes a product of units with a space, the language with an asterisk. */
const loomUnit = (unit: string): string => unit.replaceAll(' ', '*');
