"""Thins the simulators' raw output to one CSV per model, in SI units: time, voltage, current into the device, states."""
import csv, pathlib

# Factors to SI: time, current, each state.
decks = {
    "linear-ion-drift": (1, 1, [1]), "biolek": (1, 1, [1]), "vteam": (1, 1, [1e-9]), "team": (1, 1, [1e-9]),
    "yakopcic": (1, 1, [1]), "yakopcic-general": (1, 1, [1]), "stanford2012": (1, 1, [1e-9]),
    "stanford2016": (1e-6, 1e-6, [1e-9, 298]),
}
for name, (second, ampere, units) in decks.items():
    rows = [[float(x) for x in line.split()] for line in pathlib.Path(f"{name}.raw").read_text().splitlines()]
    with open(f"{name}.csv", "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in rows[::50]:
            # Columns come in pairs, each with its own time; the source's branch current flows out of the device.
            values = row[1::2]
            states = [value * unit for value, unit in zip(values[2:], units)]
            writer.writerow(f"{x:.9g}" for x in [row[0] * second, values[0], -values[1] * ampere, *states])
rows = [[float(x) for x in line.split()] for line in pathlib.Path("jart-vcm.raw").read_text().splitlines()]
with open("jart-vcm.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    for row in rows[::2]:
        writer.writerow(f"{x:.9g}" for x in row[:4])
