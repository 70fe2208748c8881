import { type CrossbarTerm, crossbarTerms, type Expression, type Origin, type Role } from '@memloom/sim-core';
import type { Box, Content, Domain, End, Port, Wire } from './box.ts';
import type { Realisation } from './realisation.ts';

/** A signal within an equation: where it comes from, and what it is. */
interface Signal extends Omit<Port, 'name'> {
  readonly end: End;
}

export interface EquationDrawing {
  readonly id: string;
  readonly size: number;
  /** Signals that the equation uses, in the order of its inputs, by the names that it has for them. */
  readonly inputs: readonly Port[];
  readonly realisation: Realisation;
}

/** What an equation is made of: the crossbar and the blocks, functions and constants behind it. */
export function drawEquation(value: Expression, drawing: EquationDrawing): Content {
  const sheet: Sheet = { ...drawing, boxes: [], wires: [] };
  const { end } = draw(value, sheet);
  sheet.wires.push({ from: end, to: { port: 0 } });
  return { boxes: sheet.boxes, wires: sheet.wires };
}

interface Sheet extends EquationDrawing {
  readonly boxes: Box[];
  readonly wires: Wire[];
}

function draw(expression: Expression, sheet: Sheet): Signal {
  const terms = crossbarTerms(expression);
  if (terms) return drawCrossbar(terms, expression.origin, sheet);
  switch (expression.op) {
    case 'number':
      return drawConstant(expression.value, expression.origin, sheet);
    case 'reference':
      return referenceOf(`${expression.name}${expression.next ? "'" : ''}`, sheet);
    case 'unary':
      return stage(expression.fn, [draw(expression.of, sheet)], expression.origin, sheet);
    case 'clamp': {
      const parts = [expression.of, expression.low, expression.high].map((part) => draw(part, sheet));
      return stage('clamp', parts, expression.origin, sheet);
    }
    case 'binary': {
      const parts = [draw(expression.left, sheet), draw(expression.right, sheet)];
      // A product with a number is a gain, which has no circuit of its own.
      const isGain = expression.left.op === 'number' || expression.right.op === 'number';
      const fn = expression.fn === 'multiply' && isGain ? 'gain' : expression.fn;
      return stage(fn, parts, expression.origin, sheet);
    }
    default:
      throw new Error(`${expression.op} is a crossbar.`);
  }
}

function referenceOf(name: string, { inputs }: Sheet): Signal {
  const port = inputs.findIndex((input) => input.name === name);
  if (port < 0) throw new Error(`The equation has no input ${name}.`);
  const { size, domain } = inputs[port];
  return { end: { port }, size, domain };
}

function drawConstant(value: number, origin: Origin | undefined, sheet: Sheet): Signal {
  const domain = sheet.realisation.signal;
  const output = { name: '', size: 1, domain };
  return add(sheet, 'constant', [], output, { kind: 'constant', title: String(value), detail: '' }, [origin]);
}

/** Roles of functions that blocks realise by another name. */
const roles: Readonly<Record<string, Role>> = { multiply: 'product', add: 'sum', subtract: 'sum' };
const symbols: Readonly<Record<string, string>> = {
  multiply: '×',
  gain: '×',
  add: '+',
  subtract: '−',
  divide: '÷',
  negate: '−',
  power: 'xʸ',
  minimum: 'min',
  maximum: 'max',
};

function stage(fn: string, parts: readonly Signal[], origin: Origin | undefined, sheet: Sheet): Signal {
  const size = Math.max(...parts.map((part) => part.size));
  const output = { name: '', size, domain: sheet.realisation.signal };
  const block = sheet.realisation.block(roles[fn] ?? (fn as Role));
  const symbol = symbols[fn] ?? fn;
  return block
    ? add(sheet, fn, parts, output, { kind: 'block', title: block.name, detail: symbol }, [
        origin,
        ...block.origins,
      ])
    : add(sheet, fn, parts, output, { kind: 'function', title: symbol, detail: '' }, [origin]);
}

/** Row groups, each behind its converter; the array; the read-out, and a converter behind it. */
function drawCrossbar(terms: readonly CrossbarTerm[], origin: Origin | undefined, sheet: Sheet): Signal {
  const { realisation, size } = sheet;
  const rows: { readonly name: string; readonly signal: Signal }[] = [];
  let wordLines = 0;
  let bias = false;
  for (const { operand } of terms) {
    const isBias = operand.value.op === 'number' && operand.value.value === 1;
    bias ||= isBias;
    if (isBias) continue;
    const signal = through('input', draw(operand.value, sheet), sheet, operand.value.origin);
    wordLines += signal.size;
    rows.push({ name: operand.weights.replace(/^.*\./, ''), signal });
  }
  const { array } = realisation;
  const detail = `${wordLines + (bias ? 1 : 0)} × ${size}${bias ? ', with bias' : ''}`;
  const drawn = add(
    sheet,
    'vmm',
    rows.map(({ signal }) => signal),
    { name: '', size, domain: realisation.column },
    { kind: 'crossbar', title: array?.name ?? 'vmm', detail },
    [origin, ...(array?.origins ?? [])],
    rows.map(({ name }) => name),
  );
  const read = through('readout', drawn, sheet, origin);
  return through('output', read, sheet, origin);
}

/** A signal behind the block of a role, where one is bound. */
function through(role: Role, signal: Signal, sheet: Sheet, origin: Origin | undefined): Signal {
  const block = sheet.realisation.block(role);
  if (block === undefined) return signal;
  const domain: Domain = role === 'output' ? sheet.realisation.converted : sheet.realisation.signal;
  const output = { name: '', size: signal.size, domain };
  return add(sheet, role, [signal], output, { kind: 'block', title: block.name, detail: role }, [
    origin,
    ...block.origins,
  ]);
}

function add(
  sheet: Sheet,
  name: string,
  parts: readonly Signal[],
  output: Port,
  look: Pick<Box, 'kind' | 'title' | 'detail'>,
  origins: readonly (Origin | undefined)[],
  names: readonly string[] = [],
): Signal {
  const same = sheet.boxes.filter(({ id }) => id.replace(/\d+$/, '') === `${sheet.id}/${name}`).length;
  const id = `${sheet.id}/${name}${same === 0 ? '' : same + 1}`;
  sheet.boxes.push({
    ...look,
    id,
    inputs: parts.map(({ size, domain }, at) => ({ name: names[at] ?? '', size, domain })),
    outputs: [output],
    origins: origins.flatMap((origin) => origin ?? []),
  });
  for (const [port, { end }] of parts.entries()) sheet.wires.push({ from: end, to: { box: id, port } });
  return { end: { box: id, port: 0 }, size: output.size, domain: output.domain };
}
