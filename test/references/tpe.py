"""Densities of Optuna's Parzen estimator, and values of SciPy's normal distribution function.

Run: python test/references/tpe.py (optuna, scipy); writes fixtures/tpe.json.
"""

import json
import pathlib

import numpy as np
import optuna
import scipy
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import default_weights
from scipy.special import ndtr

SETTINGS = _ParzenEstimatorParameters(1.0, True, False, default_weights, True)
SPACES = {
    "floats": {"x": FloatDistribution(0, 1), "rate": FloatDistribution(1e-4, 1, log=True)},
    "mixed": {
        "x": FloatDistribution(-2, 3),
        "units": IntDistribution(0, 9),
        "kind": CategoricalDistribution(["a", "b", "c"]),
        "width": IntDistribution(2, 16, log=True),
    },
}


def draw(random, space, count):
    columns = {}
    for name, axis in space.items():
        if isinstance(axis, CategoricalDistribution):
            columns[name] = random.integers(len(axis.choices), size=count).astype(float)
        elif isinstance(axis, IntDistribution):
            columns[name] = random.integers(axis.low, axis.high + 1, size=count).astype(float)
        elif axis.log:
            columns[name] = np.exp(random.uniform(np.log(axis.low), np.log(axis.high), size=count))
        else:
            columns[name] = random.uniform(axis.low, axis.high, size=count)
    return columns


def rows(columns):
    return [dict(zip(columns, (float(v) for v in row))) for row in zip(*columns.values())]


def case(name, count, seed):
    random = np.random.default_rng(seed)
    space = SPACES[name]
    observed = draw(random, space, count)
    at = draw(random, space, 6)
    density = _ParzenEstimator(observed, space, SETTINGS).log_pdf(at)
    return {"space": name, "observed": rows(observed), "at": rows(at), "logDensity": density.tolist()}


def main():
    x = np.concatenate([np.linspace(-8, 8, 41), [-0.0078125, 0.3, 5.5]])
    fixture = {
        "versions": {"optuna": optuna.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
        "cdf": {"x": x.tolist(), "value": ndtr(x).tolist()},
        "cases": [case("floats", n, n) for n in (0, 1, 2, 9, 26, 60)] + [case("mixed", n, n) for n in (0, 1, 5)],
    }
    path = pathlib.Path(__file__).parent / "fixtures" / "tpe.json"
    path.write_text(json.dumps(fixture) + "\n")


main()
