import { pow } from '@memloom/sim-core';
import { type Dimension, dimensionless, multiplyDimensions, raiseDimension } from './dimension.ts';
import { unitWord } from './table.ts';

/** A unit, possibly compound: `factor · 10^exponent` SI base units of `dimension`. */
export interface Unit {
  readonly exponent: number;
  readonly factor: number;
  readonly dimension: Dimension;
  readonly percent: boolean;
}

export type UnitResult =
  | { readonly ok: true; readonly unit: Unit }
  /** `word` is no unit; at `offset` in the text. An empty word: the text is no unit expression at all. */
  | { readonly ok: false; readonly word: string; readonly offset: number };

const one: Unit = { exponent: 0, factor: 1, dimension: dimensionless, percent: false };

/** Reads `V`, `1`, `kOhm`, `um^2`, `m^2/(V*s)`, `/V`. Everything after a slash up to the next operator divides. */
export function parseUnit(text: string): UnitResult {
  const reader = new UnitReader(text);
  const unit = reader.product();
  return (
    reader.failure ?? (reader.atEnd() ? { ok: true, unit } : { ok: false, word: '', offset: reader.offset })
  );
}

class UnitReader {
  offset = 0;
  failure: UnitResult | undefined;
  private depth = 0;

  constructor(private readonly text: string) {}

  atEnd(): boolean {
    return this.offset === this.text.length;
  }

  product(): Unit {
    let result = this.text.charAt(this.offset) === '/' ? one : this.power();
    while (!this.failure && (this.accept('*') || this.accept('/'))) {
      const divides = this.text.charAt(this.offset - 1) === '/';
      const next = this.power();
      result = multiply(result, divides ? raise(next, -1) : next);
    }
    return result;
  }

  private power(): Unit {
    const base = this.factor();
    if (this.failure || !this.accept('^')) return base;
    const exponent = this.match(/-?[0-9]+(\.[0-9]+)?/y);
    if (exponent === undefined || Math.abs(Number(exponent)) > 99) return this.fail(exponent ?? '');
    return raise(base, Number(exponent));
  }

  private factor(): Unit {
    if (this.accept('(')) {
      if (++this.depth > 50) return this.fail('');
      const inner = this.product();
      this.depth--;
      return this.failure || this.accept(')') ? inner : this.fail('');
    }
    if (this.match(/1(?![0-9.])/y) !== undefined) return one;
    const word = this.match(/%|[A-Za-z_\u00B5\u0370-\u03FF\u2126][A-Za-z0-9_\u00B5\u0370-\u03FF\u2126]*/y);
    return (word !== undefined && unitWord(word)) || this.fail(word ?? '');
  }

  private accept(character: string): boolean {
    if (this.text.charAt(this.offset) !== character) return false;
    this.offset++;
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text)?.[0];
    this.offset += found?.length ?? 0;
    return found;
  }

  private fail(word: string): Unit {
    this.failure ??= { ok: false, word, offset: this.offset - word.length };
    return one;
  }
}

const multiply = (a: Unit, b: Unit): Unit => ({
  exponent: a.exponent + b.exponent,
  factor: a.factor * b.factor,
  dimension: multiplyDimensions(a.dimension, b.dimension),
  percent: false,
});

const raise = (a: Unit, exponent: number): Unit => ({
  exponent: a.exponent * exponent,
  factor: a.factor === 1 ? 1 : pow(a.factor, exponent),
  dimension: raiseDimension(a.dimension, exponent),
  percent: false,
});

/** A number and its unit as written, for example `10 kOhm`, `2 %` or `10 /V`. */
export interface QuantityText {
  readonly number: string;
  readonly unit: string;
  /** Where the unit begins in the text. */
  readonly unitOffset: number;
}

export function splitQuantity(text: string): QuantityText {
  const number = /^[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?/.exec(text)?.[0] ?? '';
  const unit = text.slice(number.length).trimStart();
  return { number, unit, unitOffset: text.length - unit.length };
}

/** The value in SI base units; decimal exponents are joined as text, so that `35 uW` is exactly 35e-6. */
export function scaleToSi(number: string, unit: Unit): number {
  const [mantissa, exponent = '0'] = number.toLowerCase().split('e');
  return Number(`${mantissa}e${Number(exponent) + unit.exponent}`) * unit.factor;
}
