import { ast, checkedDesign, formatSize, type LoomServices, parameterFacts } from '@memloom/language';
import { type Design, sizeNetwork } from '@memloom/sim-core';
import { type AstNode, AstUtils } from 'langium';
import { arrayUses, shareText, sizeText } from '../arrays.ts';
import { quantityText } from '../quantity-text.ts';

/**
 * What elaboration knows of a declared name beyond its text, as lines of Markdown. `from` is where the name is used:
 * sizes are those of the cell there, which may have inherited the equation.
 */
export function factsOf(node: AstNode, from: AstNode, services: LoomServices): readonly string[] {
  if (ast.isParameter(node)) return parameterLines(node);
  const relevant = [ast.isEquation, ast.isStateVariable, ast.isLayer, ast.isCrossbar, ast.isDevice].some(
    (is) => is(node),
  );
  if (!relevant) return [];
  const design = checkedDesign(AstUtils.getDocument(from), services);
  if (ast.isEquation(node)) return equationLines(node, from, design);
  if (ast.isStateVariable(node)) return stateLines(node, from, design);
  if (ast.isLayer(node)) return layerLines(node, design);
  if (ast.isCrossbar(node)) return crossbarLines(node, design);
  return ast.isDevice(node) ? deviceLines(node, design) : [];
}

/** Default and bounds in convenient prefixes; the text has them as they were written. */
function parameterLines(parameter: ast.Parameter): readonly string[] {
  const { low, high, unit, value } = parameterFacts(parameter);
  const bounds =
    Number.isFinite(low) && Number.isFinite(high)
      ? [`Between ${quantityText(low, unit)} and ${quantityText(high, unit)}.`]
      : [];
  return [...(value === undefined ? [] : [`Default ${quantityText(value, unit)}.`]), ...bounds];
}

function equationLines(equation: ast.Equation, from: AstNode, { cells }: Design): readonly string[] {
  const owner = equation.$container;
  if (!ast.isCell(owner)) return [];
  const cell = AstUtils.getContainerOfType(from, ast.isCell) ?? owner;
  const found = cells
    .find(({ name }) => name === cell.name)
    ?.equations.find(({ name, next }) => name === equation.name && next === equation.next);
  return [
    ...(found ? [`Size [${formatSize(found.size)}].`] : []),
    ...(owner === cell ? [] : [`Inherited from \`${owner.name}\`.`]),
  ];
}

function stateLines(state: ast.StateVariable, from: AstNode, { cells }: Design): readonly string[] {
  const owner = state.$container.$container;
  if (!ast.isCell(owner)) return [];
  const cell = AstUtils.getContainerOfType(from, ast.isCell) ?? owner;
  const found = cells.find(({ name }) => name === cell.name)?.states.find(({ name }) => name === state.name);
  return [
    ...(found ? [`Size [${formatSize(found.size)}], initially ${found.initial}.`] : []),
    ...(owner === cell ? [] : [`Inherited from \`${owner.name}\`.`]),
  ];
}

function layerLines(layer: ast.Layer, design: Design): readonly string[] {
  const { name } = layer.$container;
  if (!design.networks.some((network) => network.name === name)) return [];
  const sized = sizeNetwork(design, name);
  const found = sized.ok ? sized.value.layers.find((each) => each.name === layer.name) : undefined;
  if (!found) return [];
  return [`Size [${found.size}], ${found.time === 'sequence' ? 'a value at each time step' : 'one vector'}.`];
}

function crossbarLines(crossbar: ast.Crossbar, design: Design): readonly string[] {
  const uses = arrayUses(design).filter((use) => use.crossbar === crossbar.name);
  if (uses.length === 0) return [];
  const rows = uses.map(
    (use) =>
      `| ${use.layer} of ${use.network} | ${use.hardware} | ${sizeText(use)} | ${use.devices} | ${shareText(use.utilisation)} |`,
  );
  return [
    ['| layer | hardware | rows × columns | devices | utilisation |', '|---|---|---|---|---|', ...rows].join(
      '\n',
    ),
  ];
}

function deviceLines(device: ast.Device, { devices }: Design): readonly string[] {
  const found = devices.find(({ name }) => name === device.name)?.array;
  if (!found || !(found.gOff > 0)) return [];
  const { gOn, gOff, levels } = found;
  const steps = levels === undefined ? 'a continuum' : `${levels} levels`;
  const ratio = (gOn / gOff).toPrecision(3);
  return [`Window ${quantityText(gOff, 'S')} to ${quantityText(gOn, 'S')} (ratio ${ratio}), ${steps}.`];
}
