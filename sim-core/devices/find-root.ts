/**
 * Root of `f` between `a` and `b`, where it has opposite signs, by Chandrupatla's method (Advances in Engineering
 * Software 28, 1997): inverse quadratic interpolation where that is safe, bisection elsewhere. Never leaves the
 * bracket; stops when the bracket is `tolerance` wide, or the root is exact. Infinite values of `f` are welcome.
 */
export function findRoot(f: (x: number) => number, a: number, b: number, tolerance: number): number {
  let [x1, x2, x3] = [b, a, a];
  let [f1, f2, f3] = [f(b), f(a), Number.NaN];
  if (f1 === 0) return x1;
  if (f2 === 0) return x2;
  let fraction = 0.5;
  for (let iteration = 0; iteration < 200; iteration++) {
    const x = x1 + fraction * (x2 - x1);
    const value = f(x);
    if (value === 0) return x;
    if (value > 0 === f1 > 0) [x3, f3] = [x1, f1];
    else [x3, f3, x2, f2] = [x2, f2, x1, f1];
    [x1, f1] = [x, value];
    const width = Math.abs(x2 - x1);
    if (width <= tolerance) break;
    fraction = Math.min(
      Math.max(nextFraction(x1, f1, x2, f2, x3, f3), tolerance / (2 * width)),
      1 - tolerance / (2 * width),
    );
  }
  return Math.abs(f1) < Math.abs(f2) ? x1 : x2;
}

/** Where in the bracket x1 .. x2 to look next; x3 is the point that left it. */
function nextFraction(x1: number, f1: number, x2: number, f2: number, x3: number, f3: number): number {
  const xi = (x1 - x2) / (x3 - x2);
  const phi = (f1 - f2) / (f3 - f2);
  if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5;
  const interpolated =
    (f1 / (f2 - f1)) * (f3 / (f2 - f3)) + ((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * (f2 / (f3 - f2));
  return Number.isFinite(interpolated) ? interpolated : 0.5;
}
