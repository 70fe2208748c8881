import type { Expression, Size, UnaryFunction } from '../../../sim-core/design/design.ts';

/**
 * Reads an equation's right side for tests of the engine that shall not depend on the language: names, numbers,
 * `+ - * /`, primes, elementwise functions, `vmm` and `peephole`.
 */
export function readExpression(
  text: string,
  gate: string,
  sizes: Readonly<Record<string, Size>>,
): Expression {
  const tokens = text.match(/[A-Za-z_]\w*'?|[\d.]+|[-+*/(),]/g) ?? [];
  let at = 0;
  const taken = new Set<string>();
  const next = () => tokens[at++];
  const accept = (token: string) => tokens[at] === token && at++ >= 0;

  function weights(value: Expression): string {
    const label = value.op === 'number' ? 'bias' : value.op === 'reference' ? value.name : 'product';
    let name = `${gate}.${label}`;
    while (taken.has(name)) name += '2';
    taken.add(name);
    return name;
  }
  function operand(): { weights: string; value: Expression; size: Size } {
    const value = sum();
    const inner = value.op === 'binary' ? value.right : value;
    const size = inner.op === 'reference' ? sizes[inner.name] : { constant: 1, terms: {} };
    return { weights: weights(value), value, size };
  }
  function call(name: string): Expression {
    const operands = [];
    if (name === 'vmm' || name === 'peephole') {
      do operands.push(operand());
      while (accept(','));
      accept(')');
      return name === 'vmm'
        ? { op: 'vmm', id: gate, operands }
        : { op: 'peephole', id: gate, operand: operands[0] };
    }
    const of = sum();
    accept(')');
    return { op: 'unary', fn: name as UnaryFunction, of };
  }
  function atom(): Expression {
    const token = next();
    if (token === '(') {
      const inner = sum();
      accept(')');
      return inner;
    }
    if (token === '-') return { op: 'unary', fn: 'negate', of: atom() };
    if (/^[\d.]/.test(token)) return { op: 'number', value: Number(token) };
    if (accept('(')) return call(token);
    return { op: 'reference', name: token.replace("'", ''), next: token.endsWith("'") };
  }
  function product(): Expression {
    let left = atom();
    for (;;) {
      if (accept('*')) left = { op: 'binary', fn: 'multiply', left, right: atom() };
      else if (accept('/')) left = { op: 'binary', fn: 'divide', left, right: atom() };
      else return left;
    }
  }
  function sum(): Expression {
    let left = product();
    for (;;) {
      if (accept('+')) left = { op: 'binary', fn: 'add', left, right: product() };
      else if (accept('-')) left = { op: 'binary', fn: 'subtract', left, right: product() };
      else return left;
    }
  }
  return sum();
}
