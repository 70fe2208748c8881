/**
 * The elementary functions that reach results. Engines differ in the last bits of theirs (`Math.exp`, `Math.tanh` ...),
 * so these are our own, made of exactly specified operations only.
 */
export { cosh, exp, expm1, sigmoid, sinh, tanh } from './exponential.ts';
export { log, log1p, pow } from './logarithm.ts';
export { cos, sin } from './trigonometry.ts';
