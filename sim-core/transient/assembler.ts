import type { Values } from '../circuit/circuit.ts';
import type { BinaryFunction, Expression, UnaryFunction } from '../design/design.ts';
import { binaryFunctions, unaryFunctions } from '../program/elementwise.ts';
import { binaryNames, op, unaryNames } from './instructions.ts';

/** Where values are: `stride` 0 repeats one. Constants are known before the run. */
export interface Place {
  readonly address: number;
  readonly stride: number;
  readonly constant: boolean;
}

/** Lays out memory and emits instructions; what depends on constants alone is computed here. */
export class Assembler {
  readonly memory: number[] = [];
  private readonly numbers = new Map<number, Place>();

  reserve(count: number): number {
    const address = this.memory.length;
    for (let k = 0; k < count; k++) this.memory.push(0);
    return address;
  }

  constant(values: Values): Place {
    if (typeof values !== 'number') {
      const address = this.reserve(values.length);
      values.forEach((value, k) => {
        this.memory[address + k] = value;
      });
      return { address, stride: values.length === 1 ? 0 : 1, constant: true };
    }
    const known = this.numbers.get(values);
    if (known) return known;
    const place = { address: this.memory.push(values) - 1, stride: 0, constant: true };
    this.numbers.set(values, place);
    return place;
  }

  /** Instructions that compute an expression for `count` units; its value's place. */
  expression(expression: Expression, count: number, lookUp: (name: string) => Place, code: number[]): Place {
    const of = (part: Expression) => this.expression(part, count, lookUp, code);
    switch (expression.op) {
      case 'number':
        return this.constant(expression.value);
      case 'reference':
        return lookUp(expression.name);
      case 'unary':
        return this.unary(expression.fn, count, of(expression.of), code);
      case 'binary':
        return this.binary(expression.fn, count, of(expression.left), of(expression.right), code);
      case 'clamp':
        return this.clamp(count, of(expression.of), of(expression.low), of(expression.high), code);
      default:
        throw new Error(`A circuit has no ${expression.op}.`);
    }
  }

  private unary(fn: UnaryFunction, count: number, a: Place, code: number[]): Place {
    if (a.constant) return this.known(count, [a], (x) => unaryFunctions[fn](x));
    const direct = { negate: op.negate, sigmoid: op.sigmoid, tanh: op.tanh } as const;
    const to = this.scratch(count, a);
    if (fn === 'negate' || fn === 'sigmoid' || fn === 'tanh') emit(code, direct[fn], to.count, to.place, [a]);
    else emit(code, op.unary, to.count, to.place, [a], unaryNames.indexOf(fn));
    return to.place;
  }

  private binary(fn: BinaryFunction, count: number, a: Place, b: Place, code: number[]): Place {
    if (a.constant && b.constant) return this.known(count, [a, b], (x, y) => binaryFunctions[fn](x, y));
    const to = this.scratch(count, a, b);
    if (fn === 'power') emit(code, op.binary, to.count, to.place, [a, b], binaryNames.indexOf(fn));
    else emit(code, op[fn], to.count, to.place, [a, b]);
    return to.place;
  }

  private clamp(count: number, a: Place, low: Place, high: Place, code: number[]): Place {
    const to = this.scratch(count, a, low, high);
    emit(code, op.clamp, to.count, to.place, [a, low, high]);
    return to.place;
  }

  private known(count: number, places: readonly Place[], of: (...values: number[]) => number): Place {
    const size = places.some(({ stride }) => stride > 0) ? count : 1;
    return this.constant(
      size === 1
        ? of(...places.map(({ address }) => this.memory[address]))
        : Float64Array.from({ length: size }, (_, k) =>
            of(...places.map(({ address, stride }) => this.memory[address + k * stride])),
          ),
    );
  }

  private scratch(
    count: number,
    ...operands: readonly Place[]
  ): { readonly count: number; readonly place: Place } {
    const size = operands.some(({ stride }) => stride > 0) ? count : 1;
    return { count: size, place: { address: this.reserve(size), stride: size > 1 ? 1 : 0, constant: false } };
  }
}

/** Appends one instruction; what is not given is address 0, stride 0. */
export function emit(
  code: number[],
  operation: number,
  count: number,
  to: Pick<Place, 'address'>,
  operands: readonly Pick<Place, 'address' | 'stride'>[],
  number = 0,
): void {
  const [a, b, c] = operands;
  code.push(operation, count, to.address);
  for (const operand of [a, b]) code.push(operand?.address ?? 0, operand?.stride ?? 0);
  code.push(c?.address ?? 0, c?.stride ?? number);
}
