import { cos, sin } from './trigonometry.ts';

/** Arc sine in radians, from basic arithmetic alone; NaN outside -1 .. 1. */
export function asin(value: number): number {
  if (value < 0) return -asin(-value);
  if (value > 0.5) return Math.PI / 2 - 2 * asin(Math.sqrt((1 - value) / 2));
  // Newton's iteration on sin(angle) = value: three steps from here double the digits beyond a double's.
  let angle = value + (value * value * value) / 6;
  for (let step = 0; step < 3; step++) angle -= (sin(angle) - value) / cos(angle);
  return angle;
}
