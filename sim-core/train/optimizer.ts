import type { TrainingDesign } from '../design/design.ts';

/** Tensors by name. */
export type Tensors = ReadonlyMap<string, Float64Array>;

/** Changes the weights in place by one step down the gradient; keeps what it remembers between steps. */
export type Optimizer = (weights: Tensors, gradients: Tensors) => void;

/** The optimizer of a training design, before its first step. */
export function createOptimizer(design: TrainingDesign['optimizer']): Optimizer {
  switch (design.kind) {
    case 'adam':
      return adam(design);
    case 'sgd':
      return sgd(design);
    case 'rmsprop':
      return rmsprop(design);
  }
}

type Design<Kind> = Extract<TrainingDesign['optimizer'], { readonly kind: Kind }>;

/** Kingma and Ba, "Adam: a method for stochastic optimization" (arXiv:1412.6980), algorithm 1. */
function adam({ rate, beta1, beta2, epsilon }: Design<'adam'>): Optimizer {
  const means = remembered();
  const squares = remembered();
  let decay1 = 1;
  let decay2 = 1;
  return (weights, gradients) => {
    decay1 *= beta1;
    decay2 *= beta2;
    eachTensor(weights, gradients, (name, w, g) => {
      const m = means(name, w.length);
      const v = squares(name, w.length);
      for (let i = 0; i < w.length; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * (g[i] * g[i]);
        w[i] -= (rate * (m[i] / (1 - decay1))) / (Math.sqrt(v[i] / (1 - decay2)) + epsilon);
      }
    });
  };
}

/** Gradient descent with momentum: `v = momentum·v - rate·g`, `w += v`. */
function sgd({ rate, momentum }: Design<'sgd'>): Optimizer {
  const velocities = remembered();
  return (weights, gradients) =>
    eachTensor(weights, gradients, (name, w, g) => {
      const v = velocities(name, w.length);
      for (let i = 0; i < w.length; i++) {
        v[i] = momentum * v[i] - rate * g[i];
        w[i] += v[i];
      }
    });
}

/** RMSprop (Tieleman and Hinton, 2012): the step divided by the running root mean square of the gradient. */
function rmsprop({ rate, decay, epsilon }: Design<'rmsprop'>): Optimizer {
  const squares = remembered();
  return (weights, gradients) =>
    eachTensor(weights, gradients, (name, w, g) => {
      const v = squares(name, w.length);
      for (let i = 0; i < w.length; i++) {
        v[i] = decay * v[i] + (1 - decay) * (g[i] * g[i]);
        w[i] -= (rate * g[i]) / (Math.sqrt(v[i]) + epsilon);
      }
    });
}

/** The Euclidean norm of all gradients together; scales them down to `limit` where it is larger. */
export function clipGradients(gradients: Tensors, limit: number | undefined): number {
  let sum = 0;
  for (const gradient of gradients.values()) for (const value of gradient) sum += value * value;
  const norm = Math.sqrt(sum);
  if (limit !== undefined && norm > limit)
    for (const gradient of gradients.values())
      for (let i = 0; i < gradient.length; i++) gradient[i] *= limit / norm;
  return norm;
}

function eachTensor(
  weights: Tensors,
  gradients: Tensors,
  visit: (name: string, weight: Float64Array, gradient: Float64Array) => void,
): void {
  for (const [name, weight] of weights) {
    const gradient = gradients.get(name);
    if (gradient) visit(name, weight, gradient);
  }
}

function remembered(): (name: string, length: number) => Float64Array {
  const arrays = new Map<string, Float64Array>();
  return (name, length) => {
    const known = arrays.get(name) ?? new Float64Array(length);
    arrays.set(name, known);
    return known;
  };
}
