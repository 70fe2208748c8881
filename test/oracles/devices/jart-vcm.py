"""JART VCM v1b with scipy: the loop of contact and resistances by scanning the contact's voltage for
the first sign change (the largest current) and Brent's method within it, the ion concentration by Radau IIA. SET ramp to -0.95 V, RESET ramp to 1.3 V, 400 us. Writes jart-vcm.raw: t v i N T."""
import numpy as np
from scipy.constants import e, epsilon_0, h, k, m_e, pi
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

eps, eps_b, phi0, phin, mu, zvo = 17 * epsilon_0, 5.5 * epsilon_0, 0.18, 0.1, 4e-6, 2
nplug, nmax, nmin, a, nu0, dwa = 20e26, 20e26, 0.008e26, 0.25e-9, 2e13, 1.35
rth, r, lcell, l, rtiox, r0 = 15.72e6, 45e-9, 3e-9, 0.4e-9, 650.0, 719.2437
rthline, alpha, t0, rich = 90471.47, 3.92e-3, 293.0, 6.01e5
area = pi * r * r
points = ([0, 1e-4, 2e-4, 3e-4, 4e-4], [0, -0.95, 0, 1.3, 0])


def contact(n, vs, t):
    psi = np.maximum(phi0 - phin - vs, 0)
    phib = np.maximum(phi0 - (e**3 * zvo * n * psi / (8 * pi**2 * eps_b**3)) ** 0.25, 0)
    if np.all(vs >= 0):
        return area * rich * t**2 * np.exp(-e * phib / (k * t)) * np.expm1(e * vs / (k * t))
    w00 = e * h / (4 * pi) * np.sqrt(zvo * n / (m_e * eps))
    u = w00 / (k * t)
    w0 = w00 / np.tanh(u)
    eps_prime = w00 / (u - np.tanh(u))
    pre = area * rich * t / k * np.sqrt(pi * w00 * e * (-vs + phib / np.cosh(u) ** 2))
    return -pre * np.exp(-e * phib / w0) * np.expm1(e * -vs / eps_prime)


def operating_point(n, v):
    """Current, disc voltage, voltage without the series part, temperature."""
    if v == 0:
        return 0.0, 0.0, 0.0, t0
    rdisc, rplug = l / (n * zvo * e * mu * area), (lcell - l) / (nplug * zvo * e * mu * area)

    def ohmic(vs):
        # The current for which everything but the contact takes v - vs, by Cardano's formula in hyperbolic functions.
        c, b = r0 * r0 * alpha * rthline, rdisc + rplug + rtiox + r0
        return 2 * np.sqrt(b / (3 * c)) * np.sinh(np.arcsinh(1.5 * (v - vs) / b * np.sqrt(3 * c / b)) / 3)

    def temperature(i):
        inner = v - i * (rtiox + r0 + r0 * r0 * alpha * rthline * i * i)
        return t0 + i * inner * rth * (1 if v < 0 else 0.27), inner

    def excess(vs):
        i = ohmic(vs)
        return np.log(abs(contact(n, vs, temperature(i)[0])) / abs(i))

    fractions = np.concatenate([np.geomspace(1e-12, 0.1, 200), np.linspace(0.1, 1, 800)[1:-1], [1 - 1e-12]])
    near = 0.08 - np.geomspace(1e-7, 0.08, 400)[:-1]
    grid = np.sort(np.concatenate([fractions * abs(v), near[near < abs(v)]])) * np.sign(v)
    first = np.argmax(excess(grid) > 0)
    vs = brentq(excess, grid[first - 1], grid[first], xtol=1e-16, rtol=1e-14)
    i = ohmic(vs)
    t, inner = temperature(i)
    return i, i * rdisc, inner, t


def rate(n, v):
    i, disc, inner, t = operating_point(n, v)
    g = zvo * a * (disc / l if v < 0 else inner / lcell) / (pi * dwa)
    mean = np.sqrt(1 - g * g) + g * np.arcsin(g)
    lower, upper = dwa * e * (mean - g * pi / 2), dwa * e * (mean + g * pi / 2)
    limit = 1 - (n / nmax) ** 10 if v < 0 else 1 - (nmin / n) ** 10
    ion = zvo * e * (nplug + n) / 2 * a * nu0 * area * (np.exp(-lower / (k * t)) - np.exp(-upper / (k * t))) * limit
    return -ion / (area * l * e * zvo)


n, rows = nmin, []
for start, end in zip(points[0][:-1], points[0][1:]):
    times = np.linspace(start, end, 101)
    solution = solve_ivp(lambda t, y: [rate(min(max(y[0], nmin), nmax), np.interp(t, *points))], (start, end), [n],
                         method="Radau", t_eval=times, rtol=1e-8, atol=1e18, max_step=1e-6)
    for t, value in zip(solution.t, solution.y[0]):
        v = float(np.interp(t, *points))
        i, _, _, temperature = operating_point(value, v)
        rows.append((t, v, i, value, temperature))
    n = solution.y[0][-1]
np.savetxt("jart-vcm.raw", rows, fmt="%.12e")
