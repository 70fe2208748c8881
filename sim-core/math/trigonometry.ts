/** Sine and cosine in a fixed sequence of IEEE 754 operations, for |x| up to 1e6; beyond, the reduction loses digits. */

const twoOverPi = 0.6366197723675814;
/** π/2 in three parts; the first two have so few bits that their products with the quadrant are exact. */
const halfPiHigh = 1.5707963267341256;
const halfPiMiddle = 6.077100506303966e-11;
const halfPiLow = 2.0222662487959506e-21;
const roundingShift = 6755399441055744;

/** Sine of r + rLow for |r| <= π/4, by its Taylor series. */
function reducedSin(r: number, rLow: number): number {
  const z = r * r;
  const series =
    0.008333333333333333 +
    z *
      (-0.0001984126984126984 +
        z *
          (2.7557319223985893e-6 +
            z * (-2.505210838544172e-8 + z * (1.6059043836821613e-10 + z * -7.647163731819816e-13))));
  return r + (r * z * (-0.16666666666666666 + z * series) + rLow * (1 - 0.5 * z));
}

/** Cosine of r + rLow for |r| <= π/4, by its Taylor series. */
function reducedCos(r: number, rLow: number): number {
  const z = r * r;
  const series =
    0.041666666666666664 +
    z *
      (-0.001388888888888889 +
        z *
          (0.0000248015873015873 +
            z *
              (-2.755731922398589e-7 +
                z * (2.08767569878681e-9 + z * (-1.1470745597729725e-11 + z * 4.779477332387385e-14)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * z * series - r * rLow));
}

function atQuadrant(x: number, shift: number): number {
  if (x - x !== 0) return NaN;
  const k = x * twoOverPi + roundingShift - roundingShift;
  const a = x - k * halfPiHigh;
  const b = k * halfPiMiddle;
  const c = a - b;
  const cLow = a - c - b - k * halfPiLow;
  const r = c + cLow;
  const rLow = cLow - (r - c);
  const quadrant = (((k + shift) % 4) + 4) % 4;
  const value = quadrant % 2 === 0 ? reducedSin(r, rLow) : reducedCos(r, rLow);
  return quadrant < 2 ? value : -value;
}

/** Sine of x radians. */
export const sin = (x: number): number => (x === 0 ? x : atQuadrant(x, 0));

/** Cosine of x radians. */
export const cos = (x: number): number => atQuadrant(x, 1);
