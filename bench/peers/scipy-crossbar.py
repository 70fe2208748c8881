"""Times scipy's sparse LU on a crossbar; run by crossbar.bench.ts.

Usage: scipy-crossbar.py PROBLEM OUTPUTS SIZE VECTORS ROUNDS

PROBLEM holds float64: conductances [size][size], then input voltages [vectors][size]. OUTPUTS receives the output
currents [vectors][size]. Prints the median seconds of assembly, factorisation and solution together as JSON. Driven
left, sensed at the bottom, one ohm per segment, with one segment to each source and each virtual ground.
"""

import json
import statistics
import sys
import time

import numpy as np
from scipy import __version__
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import splu


def assemble(conductance):
    size = conductance.shape[0]
    cells = size * size
    word = np.arange(cells, dtype=np.int32).reshape(size, size)
    bit = word + cells
    diagonal = np.stack([conductance, conductance])
    diagonal[0] += 1
    diagonal[0, :, :-1] += 1
    diagonal[1] += 1
    diagonal[1, 1:] += 1
    along = -np.ones(size * (size - 1))
    across = -conductance.ravel()
    everything = np.arange(2 * cells, dtype=np.int32)
    left, right = word[:, :-1].ravel(), word[:, 1:].ravel()
    above, below = bit[:-1].ravel(), bit[1:].ravel()
    word, bit = word.ravel(), bit.ravel()
    i = np.concatenate([everything, left, right, above, below, word, bit])
    j = np.concatenate([everything, right, left, below, above, bit, word])
    values = np.concatenate([diagonal.ravel(), along, along, along, along, across, across])
    return coo_matrix((values, (i, j)), shape=(2 * cells, 2 * cells)).tocsc()


def solve(conductance, vectors):
    size = conductance.shape[0]
    cells = size * size
    factors = splu(assemble(conductance), permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True})
    right = np.zeros((2 * cells, len(vectors)), order="F")
    right[0:cells:size] = vectors.T
    return factors.solve(right)[-size:].T


def main():
    problem, outputs, size, count, rounds = sys.argv[1:]
    size, count = int(size), int(count)
    numbers = np.fromfile(problem)
    conductance = numbers[: size * size].reshape(size, size)
    vectors = numbers[size * size :].reshape(count, size)
    seconds = []
    for _ in range(int(rounds)):
        start = time.perf_counter()
        currents = solve(conductance, vectors)
        seconds.append(time.perf_counter() - start)
    np.ascontiguousarray(currents).tofile(outputs)
    print(json.dumps({"seconds": statistics.median(seconds), "version": __version__}))


main()
