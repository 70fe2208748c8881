import { formatDimension, parseUnit, scaleToSi, splitQuantity, units, unitWord } from '@memloom/language';
import { numberText, quantityText } from '../quantity-text.ts';

/** A quantity in SI base units and with other prefixes; undefined where its unit is unknown. */
export function quantityHover(text: string): string | undefined {
  const { number, unit } = splitQuantity(text);
  const parsed = parseUnit(unit);
  if (!parsed.ok) return undefined;
  const value = scaleToSi(number, parsed.unit);
  const si = formatDimension(parsed.unit.dimension);
  if (parsed.unit.percent) return `**${text}**\n\n${numberText(value)}, relative to the value concerned`;
  const plain = si === '1' ? numberText(value) : `${numberText(value)} ${si}`;
  const forms = [plain, quantityText(value, si)].filter((form, index, all) => all.indexOf(form) === index);
  return `**${text}**\n\n= ${forms.filter((form) => form !== text).join(' = ') || plain}${nameOf(unit)}`;
}

/** `kOhm`: kilo is said by the prefix, the unit by its name. */
function nameOf(unit: string): string {
  const word = unitWord(unit);
  const name = word && units.find(({ symbol }) => symbol === word.definition.symbol)?.name;
  return name === undefined ? '' : `\n\n${name}`;
}
