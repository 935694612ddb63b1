"""The direction numbers of Joe and Kuo as SciPy ships them (new-joe-kuo-6.21201), and points of SciPy's Sobol sequence.

Run: python test/references/sobol.py (scipy, numpy); writes fixtures/sobol.json and
src/tuners/quasi-random/direction-numbers.ts, a table of the first 128 dimensions.
"""

import json
import pathlib
import textwrap

import numpy as np
import scipy
from scipy.stats import qmc

DIMENSIONS = 128
HERE = pathlib.Path(__file__).parent
TARGET = HERE.parent.parent / "src" / "tuners" / "quasi-random" / "direction-numbers.ts"
HEADER = """\
/**
 * Direction numbers of Joe and Kuo ("Constructing Sobol Sequences with Better Two-Dimensional Projections", 2008, their
 * file new-joe-kuo-6.21201) for the dimensions from the second on: a primitive polynomial over GF(2), its coefficients
 * as bits, and the first of the odd numbers m. Written by test/references/sobol.py from the data of SciPy {version}.
 */
export const directionNumbers: readonly (readonly number[])[] = `
{table}`
  .trim()
  .split(/;\\s*/)
  .map((row) => row.split(/\\s+/).map(Number))
"""


def write_table():
    data = np.load(pathlib.Path(scipy.stats.__file__).parent / "_sobol_direction_numbers.npz")
    rows = []
    for poly, initial in zip(data["poly"][1:DIMENSIONS], data["vinit"][1:DIMENSIONS]):
        degree = int(poly).bit_length() - 1
        rows.append(" ".join(str(int(n)) for n in [poly, *initial[:degree]]))
    table = textwrap.fill("; ".join(rows), 118)
    TARGET.write_text(HEADER.format(version=scipy.__version__, table=table))


def points(dimensions, indices):
    """Numerators over 2^30."""
    result = []
    for index in indices:
        sequence = qmc.Sobol(dimensions, scramble=False)
        if index > 0:
            sequence.fast_forward(index)
        result.append([round(float(x) * 2**30) for x in sequence.random(1)[0]])
    return result


def main():
    write_table()
    powers = [0] + [2**k for k in range(20)]
    fixture = {
        "versions": {"scipy": scipy.__version__, "numpy": np.__version__},
        "wide": {"index": powers, "points": points(DIMENSIONS, powers)},
        "long": {"index": list(range(64)), "points": points(4, range(64))},
    }
    (HERE / "fixtures" / "sobol.json").write_text(json.dumps(fixture, separators=(",", ":")) + "\n")


main()
