"""Output currents of badly scaled crossbars by scipy's sparse LU, for reference.test.ts.

Run it to write reference.json anew: python3 cases.py > reference.json
The circuits follow from formulas that the test repeats, so only currents are kept.
"""

import json

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import splu


def uniform(count):
    """Multiples of an irrational number, modulo one: the same in every language, bit for bit."""
    k = np.arange(1, count + 1, dtype=np.float64)
    x = k * 0.7548776662466927
    return x - np.floor(x)


def assemble(conductance, wire, source, sense):
    """Driven left behind `source`, sensed at the bottom behind `sense`, with one segment of wire to each terminal."""
    rows, columns = conductance.shape
    cells = rows * columns
    word = np.arange(cells).reshape(rows, columns)
    bit = word + cells
    g = 1 / wire
    diagonal = np.tile(conductance, (2, 1)).reshape(2, rows, columns).copy()
    diagonal[0, :, 0] += 1 / (source + wire)
    diagonal[0, :, 1:] += g
    diagonal[0, :, :-1] += g
    diagonal[1, -1] += 1 / (sense + wire)
    diagonal[1, :-1] += g
    diagonal[1, 1:] += g
    along_word = -g * np.ones(rows * (columns - 1))
    along_bit = -g * np.ones((rows - 1) * columns)
    entries = [
        (np.arange(2 * cells), np.arange(2 * cells), diagonal.ravel()),
        (word[:, :-1].ravel(), word[:, 1:].ravel(), along_word),
        (word[:, 1:].ravel(), word[:, :-1].ravel(), along_word),
        (bit[:-1].ravel(), bit[1:].ravel(), along_bit),
        (bit[1:].ravel(), bit[:-1].ravel(), along_bit),
        (word.ravel(), bit.ravel(), -conductance.ravel()),
        (bit.ravel(), word.ravel(), -conductance.ravel()),
    ]
    i, j, v = (np.concatenate(part) for part in zip(*entries))
    return coo_matrix((v, (i, j)), shape=(2 * cells, 2 * cells)).tocsc()


def outputs(conductance, wire, source, sense, voltage):
    rows, columns = conductance.shape
    matrix = assemble(conductance, wire, source, sense)
    factors = splu(matrix, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True})
    right = np.zeros(2 * rows * columns)
    right[0 : rows * columns : columns] = voltage / (source + wire)
    x = np.zeros(len(right), dtype=np.longdouble)
    coo = matrix.tocoo()
    entries = coo.data.astype(np.longdouble)
    # Refinement with voltages and residuals in extended precision, where the platform has it.
    for _ in range(12):
        residual = right.astype(np.longdouble)
        np.subtract.at(residual, coo.row, entries * x[coo.col])
        x += factors.solve(residual.astype(np.float64))
    return (x[-columns:] / (sense + wire)).astype(np.float64)


def stuck_short(n, short=1.0):
    conductance = 10 ** (-3 - 2 * uniform(n * n)).reshape(n, n)
    conductance[:, 5] = short
    return conductance


def one_of(count, line, value, others):
    values = np.full(count, float(others))
    values[line] = value
    return values


def main():
    n = 256
    cases = {
        "all devices 1 kOhm, wires 10 Ohm": (np.full((n, n), 1e-3), 10.0),
        "six decades": (10 ** (-3 - 6 * uniform(64 * 64)).reshape(64, 64), 1.0),
        "stuck-short column": (stuck_short(64), 1.0),
        "fully open": (np.zeros((32, 32)), 1.0),
        "wires of a microohm": (10 ** (-3 - 2 * uniform(64 * 64)).reshape(64, 64), 1e-6),
        "column of microohms": (stuck_short(64, 1e6), 1.0),
        "column of microohms, read by a megohm": (stuck_short(64, 1e6), 1.0, 0, one_of(64, 5, 1e6, 0)),
        "one line driven, the others floating, into a gigaohm": (
            10 ** (-3 - 2 * uniform(64 * 48)).reshape(64, 48),
            1.0,
            one_of(64, 9, 0, np.inf),
            one_of(48, 11, 1e9, np.inf),
        ),
    }
    result = {}
    for name, (conductance, wire, *terminals) in cases.items():
        source, sense = terminals or (0, 0)
        voltage = uniform(conductance.shape[0] + 7)[7:]
        result[name] = [float(i) for i in outputs(conductance, wire, source, sense, voltage)]
    print(json.dumps(result, indent=1))


main()
