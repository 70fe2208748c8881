/**
 * Coefficients of ESDIRK4(3)6L[2]SA of Kennedy and Carpenter (Applied Numerical Mathematics 44, 2003, the implicit half
 * of ARK4(3)6L[2]SA): six stages of which the first is explicit, order 4 with an embedded order 3, L-stable, stiffly
 * accurate: the last stage is the end of the step.
 */
export const gamma = 1 / 4;

export const stageTimes = [0, 1 / 2, 83 / 250, 31 / 50, 17 / 20, 1];

/** Weights of the earlier stages' rates in each stage; the stage's own is {@link gamma}. */
export const stageWeights = [
  [],
  [1 / 4],
  [8611 / 62500, -1743 / 31250],
  [5012029 / 34652500, -654441 / 2922500, 174375 / 388108],
  [15267082809 / 155376265600, -71443401 / 120774400, 730878875 / 902184768, 2285395 / 8070912],
  [82889 / 524892, 0, 15625 / 83664, 69875 / 102672, -2260 / 8211],
];

/** Weights of all stages in the result, which are those of the last stage. */
export const weights = [82889 / 524892, 0, 15625 / 83664, 69875 / 102672, -2260 / 8211, 1 / 4];

const embedded = [
  4586570599 / 29645900160,
  0,
  178811875 / 945068544,
  814220225 / 1159782912,
  -3700637 / 11593932,
  61727 / 225920,
];

/** Weights of the estimated error, which falls as the fourth power of the step. */
export const errorWeights = weights.map((weight, stage) => weight - embedded[stage]);
export const errorOrder = 4;
