"""Steps of the cmaes package: the same samples fed in, mean, sigma and covariance told after each generation.

Run: python test/references/cma_es.py (cmaes, numpy); writes fixtures/cma-es.json.
"""

import json
import pathlib

import cmaes
import numpy as np


def case(size, population, generations, seed):
    random = np.random.default_rng(seed)
    mean = random.uniform(0.3, 0.7, size=size)
    optimizer = cmaes.CMA(mean=mean.copy(), sigma=1 / 6, population_size=population, seed=seed)
    steps = []
    for _ in range(generations):
        points = [optimizer.ask() for _ in range(population)]
        # An ellipsoid, turned: the covariance has something to learn.
        values = [float(sum(10**i * (x[i] - x[i - 1] / 2 - 0.2) ** 2 for i in range(size))) for x in points]
        optimizer.tell(list(zip(points, values)))
        ranked = [points[i].tolist() for i in np.argsort(values)]
        steps.append(
            {
                "ranked": ranked,
                "mean": optimizer.mean.tolist(),
                "sigma": float(optimizer._sigma),
                "covariance": optimizer._C.ravel().tolist(),
            }
        )
    return {"size": size, "population": population, "mean": mean.tolist(), "steps": steps}


def main():
    fixture = {
        "versions": {"cmaes": cmaes.__version__, "numpy": np.__version__},
        "cases": [case(2, 5, 12, 1), case(4, 8, 12, 2), case(7, 20, 6, 3), case(1, 4, 6, 4)],
    }
    path = pathlib.Path(__file__).parent / "fixtures" / "cma-es.json"
    path.write_text(json.dumps(fixture) + "\n")


main()
