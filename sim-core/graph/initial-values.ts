import type { CellDesign, Equation, Expression } from '../design/design.ts';
import type { TensorDeclaration } from './graph.ts';

/**
 * How the weights of a cell start, after Keras: the kernels of all gates that see an input are one Glorot-uniform
 * matrix, those that see a state one orthogonal matrix, biases and peepholes start at zero, and the bias of a forget
 * gate at one.
 */

/** Columns of each jointly drawn matrix so far, by its name. */
export type FusedColumns = Map<string, number>;

/** Name of the matrix that an operand's weights belong to: the states that it is made of, or the operand itself. */
export function kernelOf(
  cell: CellDesign,
  operand: Expression,
): { readonly name: string; readonly recurrent: boolean } {
  const states = new Set(cell.states.map((state) => state.name));
  const names = [...references(operand)].map((reference) => reference.name);
  const recurrent = [...new Set(names.filter((name) => states.has(name)))].sort();
  return recurrent.length > 0
    ? { name: recurrent.join('+'), recurrent: true }
    : { name: [...new Set(names)].sort().join('+'), recurrent: false };
}

/** Completes the declarations, each with its `from`, with the number of columns that their matrix came to. */
export function withFusedColumns(
  tensors: readonly TensorDeclaration[],
  columns: FusedColumns,
): readonly TensorDeclaration[] {
  return tensors.map((tensor) =>
    tensor.fused
      ? { ...tensor, fused: { ...tensor.fused, columns: columns.get(tensor.fused.name) ?? tensor.units } }
      : tensor,
  );
}

/**
 * Names of the forget gates: equations `g` that multiply a state's own previous value in that state's update,
 * `s' = g * s + ...`, where the state is a memory that no crossbar product sees, as the LSTM's `c` is and the GRU's
 * `h` is not. (Gers, Schmidhuber and Cummins; Keras' `unit_forget_bias`.)
 */
export function forgetGates(cell: CellDesign): ReadonlySet<string> {
  const fedBack = new Set<string>();
  for (const equation of cell.equations)
    for (const part of parts(equation.value))
      if (part.op === 'vmm')
        for (const operand of part.operands)
          for (const { name, next } of references(operand.value)) if (!next) fedBack.add(name);
  const gates = new Set<string>();
  for (const state of cell.states) {
    const update = cell.equations.find((equation) => equation.next && equation.name === state.name);
    if (update && !fedBack.has(state.name)) for (const gate of factorsOf(state.name, update)) gates.add(gate);
  }
  return gates;
}

/** Names that the state's previous value is multiplied by, anywhere in its update. */
function factorsOf(state: string, update: Equation): readonly string[] {
  return [...parts(update.value)].flatMap((part) => {
    if (part.op !== 'binary' || part.fn !== 'multiply') return [];
    const factors = productFactors(part);
    const ownValue = factors.some((f) => f.op === 'reference' && f.name === state && !f.next);
    return ownValue ? factors.flatMap((f) => (f.op === 'reference' && f.name !== state ? [f.name] : [])) : [];
  });
}

function productFactors(expression: Expression): readonly Expression[] {
  return expression.op === 'binary' && expression.fn === 'multiply'
    ? [...productFactors(expression.left), ...productFactors(expression.right)]
    : [expression];
}

function* references(expression: Expression): Generator<Expression & { readonly op: 'reference' }> {
  for (const part of parts(expression)) if (part.op === 'reference') yield part;
}

/** An expression and all that it is made of. */
function* parts(expression: Expression): Generator<Expression> {
  yield expression;
  for (const child of children(expression)) yield* parts(child);
}

function children(expression: Expression): readonly Expression[] {
  switch (expression.op) {
    case 'number':
    case 'reference':
      return [];
    case 'unary':
      return [expression.of];
    case 'binary':
      return [expression.left, expression.right];
    case 'clamp':
      return [expression.of, expression.low, expression.high];
    case 'vmm':
      return expression.operands.map((operand) => operand.value);
    case 'peephole':
      return [expression.operand.value];
  }
}
