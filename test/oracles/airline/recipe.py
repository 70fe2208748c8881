"""The published recipe for the airline passengers, evaluated in numpy for many seeds at once.

J. Brownlee, machinelearningmastery.com, "Time Series Prediction with LSTM Recurrent Neural Networks in Python with
Keras": LSTM of 4 units and a dense layer, Keras's defaults (input kernel Glorot-uniform and recurrent kernel orthogonal,
each over all gates, forget bias one; Adam with rate 1e-3 and epsilon 1e-7), mean squared error, 100 epochs, batch 1,
samples in a new order in each epoch. Writes the quantiles of the RMSE over the seeds.

Usage: python3 recipe.py AIRLINE.csv SEEDS > reference.json
"""
import json
import sys

import numpy as np

H = 4
EPOCHS = 100


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def draw(seeds):
    """Initial weights [seed, ...]: input and recurrent kernels over the gates i, f, z, o; biases; the dense layer."""
    parts = []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        limit = np.sqrt(6 / (1 + 4 * H))
        q, r = np.linalg.qr(rng.standard_normal((4 * H, H)))
        dense = np.sqrt(6 / (H + 1))
        bias = np.zeros(4 * H)
        bias[H : 2 * H] = 1
        parts.append((rng.uniform(-limit, limit, 4 * H), (q * np.sign(np.diag(r))).T, bias,
                      rng.uniform(-dense, dense, H), np.zeros(1)))
    return [np.stack(part) for part in zip(*parts)]


def forward(weights, x):
    """Outputs for the windows x [seed, step] and what the gradient needs."""
    W, R, b, w, d = weights
    h = np.zeros((len(x), H))
    c = np.zeros((len(x), H))
    tape = []
    for t in range(x.shape[1]):
        a = W * x[:, t, None] + np.einsum('sh,shk->sk', h, R) + b
        i, f, o = (sigmoid(a[:, k * H : (k + 1) * H]) for k in (0, 1, 3))
        z = np.tanh(a[:, 2 * H : 3 * H])
        new = f * c + i * z
        tape.append((x[:, t, None], h, c, i, f, z, o, np.tanh(new)))
        c, h = new, o * np.tanh(new)
    return (h * w).sum(1) + d[:, 0], h, tape


def gradients(weights, x, target):
    W, R, b, w, d = weights
    y, h, tape = forward(weights, x)
    e = 2 * (y - target)[:, None]
    gW, gR, gb = np.zeros_like(W), np.zeros_like(R), np.zeros_like(b)
    dh, dc = e * w, 0
    for x_t, before, c, i, f, z, o, tc in reversed(tape):
        D = dc + dh * o * (1 - tc * tc)
        da = np.concatenate([D * z * i * (1 - i), D * c * f * (1 - f), D * i * (1 - z * z), dh * tc * o * (1 - o)], 1)
        gW += da * x_t
        gR += before[:, :, None] * da[:, None, :]
        gb += da
        dc, dh = D * f, np.einsum('sk,shk->sh', da, R)
    return [gW, gR, gb, e * h, e]


def train(windows, targets, seeds):
    weights = draw(seeds)
    m = [np.zeros_like(p) for p in weights]
    v = [np.zeros_like(p) for p in weights]
    orders = [np.random.default_rng([seed, 1]) for seed in range(seeds)]
    step = 0
    for _ in range(EPOCHS):
        order = np.stack([rng.permutation(len(targets)) for rng in orders])
        for k in range(len(targets)):
            step += 1
            rate = 1e-3 * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
            for p, g, a, s in zip(weights, gradients(weights, windows[order[:, k]], targets[order[:, k]]), m, v):
                a += 0.1 * (g - a)
                s += 0.001 * (g * g - s)
                p -= rate * a / (np.sqrt(s) + 1e-7)
    return weights


def rmse(weights, windows, targets, seeds, scale):
    errors = [forward(weights, np.repeat(window[None], seeds, 0))[0] - target
              for window, target in zip(windows, targets)]
    return scale * np.sqrt((np.stack(errors) ** 2).mean(0))


def main(path, seeds):
    values = np.array([float(line.split(',')[1]) for line in open(path).read().split()[1:]])
    scaled = (values - values.min()) / np.ptp(values)
    found = {}
    for steps in (1, 3):
        pairs = {}
        for name, part in (('train', scaled[:96]), ('test', scaled[96:])):
            count = len(part) - steps - 1
            pairs[name] = np.stack([part[k : k + steps] for k in range(count)]), part[steps : steps + count]
        weights = train(*pairs['train'], seeds)
        for name, (windows, targets) in pairs.items():
            errors = rmse(weights, windows, targets, seeds, np.ptp(values))
            quantiles = np.quantile(errors, np.arange(101) / 100)
            found[f'{steps} {name}'] = {
                'mean': round(errors.mean(), 3), 'deviation': round(errors.std(ddof=1), 3),
                'quantiles': [round(q, 3) for q in quantiles],
            }
    json.dump({'seeds': seeds, 'rmse': found}, sys.stdout, indent=1)


main(sys.argv[1], int(sys.argv[2]))
