import { allFinite, broadcast, clear, copy, largest, reduce, softmax, softmaxGradient } from './columns';
import { binary, ternary, unary, unaryGradient } from './elementwise';
import { biasGradient, matrix, matrixInput, matrixWeights } from './matrix';

@inline const wordsPerInstruction: usize = 12;

@inline
function word(at: usize, index: usize): i32 {
  return load<i32>(at + (index << 2));
}

/** Address of an operand: base and stride in float64, from that word of the instruction on. */
@inline
function address(at: usize, index: usize, evaluation: i32): usize {
  return (<usize>(word(at, index) + evaluation * word(at, index + 1))) << 3;
}

/** What sim-core/program/interpret.ts does: the same instructions, the same bits. */
export function run(code: usize, words: i32, batch: i32, from: i32, to: i32, direction: i32): i32 {
  const end = code + ((<usize>words) << 2);
  for (let evaluation = from; evaluation != to; evaluation += direction)
    for (let at = code; at < end; at += wordsPerInstruction << 2)
      if (!step(at, batch, evaluation)) return evaluation * word(at, 11) + word(at, 10);
  return -1;
}

@inline
function step(at: usize, batch: i32, evaluation: i32): bool {
  const op = word(at, 0);
  const n = word(at, 1);
  const to = address(at, 2, evaluation);
  const a = address(at, 4, evaluation);
  const b = address(at, 6, evaluation);
  const c = address(at, 8, evaluation);
  switch (op) {
    case 1: matrix(to, a, b, c, word(at, 10), n, word(at, 11), batch); return true;
    case 3: copy(to, a, n); return true;
    case 5: broadcast(to, a, n, batch); return true;
    case 6: reduce(to, a, n, batch); return true;
    case 7: softmax(to, a, n, batch); return true;
    case 9: return allFinite(a, n);
    case 10: clear(to, n); return true;
    case 11: matrixInput(to, a, b, word(at, 10), n, batch); return true;
    case 12: matrixWeights(to, a, b, c, word(at, 10), n, batch); return true;
    case 13: biasGradient(to, a, n, batch); return true;
    case 14: softmaxGradient(to, a, b, n, batch); return true;
    case 24: largest(to, a, n, batch); return true;
    default:
      if (op >= 96) binary(op - 96, n, to, a, b);
      else if (op >= 64) unaryGradient(op - 64, n, to, a, b, c);
      else if (op >= 32) unary(op - 32, n, to, a);
      else ternary(op, n, to, a, b, c);
      return true;
  }
}
