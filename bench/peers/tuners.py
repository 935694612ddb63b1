"""Optuna and KerasTuner on the problems of bench/tuners.ts; prints {versions, rows} as JSON.

python tuners.py [--quick] [--data FOLDER]
"""

import argparse
import contextlib
import json
import math
import os
import pathlib
import statistics
import sys
import tempfile
import time

import numpy as np
import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)

ALPHA = np.array([1, 1.2, 3, 3.2])
A = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
P = 1e-4 * np.array(
    [
        [1312, 1696, 5569, 124, 8283, 5886],
        [2329, 4135, 8307, 3736, 1004, 9991],
        [2348, 1451, 3522, 2883, 3047, 6650],
        [4047, 8828, 8732, 5743, 1091, 381],
    ]
)
AXES = {
    "activation_fn_1": ["relu", "tanh"],
    "activation_fn_2": ["relu", "tanh"],
    "batch_size": 4,
    "dropout_1": 3,
    "dropout_2": 3,
    "init_lr": 6,
    "lr_schedule": ["cosine", "const"],
    "n_units_1": 6,
    "n_units_2": 6,
}


def vector(trial, size, low, high):
    return np.array([trial.suggest_float(f"x{i}", low, high) for i in range(size)])


def branin(_seed):
    def objective(trial):
        x, y = trial.suggest_float("x", -5, 10), trial.suggest_float("y", 0, 15)
        valley = y - 5.1 / (4 * math.pi**2) * x**2 + 5 / math.pi * x - 6
        return valley**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10

    return objective


def hartmann6(_seed):
    return lambda trial: -float(ALPHA @ np.exp(-(A * (vector(trial, 6, 0, 1) - P) ** 2).sum(1)))


def rosenbrock10(_seed):
    def objective(trial):
        x = vector(trial, 10, -5, 10)
        return float((100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum())

    return objective


def ackley10(seed):
    optimum = np.random.default_rng(seed).uniform(-10, 10, size=10)

    def objective(trial):
        x = vector(trial, 10, -32.768, 32.768) - optimum
        ripple = np.exp(np.cos(2 * math.pi * x).mean())
        return float(20 + math.e - 20 * np.exp(-0.2 * np.sqrt((x**2).mean())) - ripple)

    return objective


def hpolib(folder):
    table = np.fromfile(pathlib.Path(folder) / "hpolib_naval_propulsion.f32", dtype="<f4").astype(float)

    def objective(trial):
        row = 0
        for name, axis in AXES.items():
            if isinstance(axis, int):
                row = row * axis + trial.suggest_int(name, 0, axis - 1)
            else:
                row = row * len(axis) + axis.index(trial.suggest_categorical(name, axis))
        return table[row] - table.min()

    return lambda _seed: objective


def ordinary(trial):
    values = [
        trial.suggest_float("dropout", 0, 0.6) / 0.6,
        trial.suggest_float("momentum", 0, 1),
        math.log10(trial.suggest_float("learningRate", 1e-5, 1e-1, log=True)) / 4 + 1.25,
        trial.suggest_int("units", 8, 512) / 512,
        ["relu", "tanh", "elu"].index(trial.suggest_categorical("activation", ["relu", "tanh", "elu"])) / 3,
    ]
    return sum((v - 0.2 - 0.1 * i) ** 2 for i, v in enumerate(values))


SAMPLERS = {
    "optuna-tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "optuna-cmaes": lambda seed: optuna.samplers.CmaEsSampler(seed=seed),
    "optuna-random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
}


def quality(seeds, folder):
    problems = {"branin": branin, "hartmann6": hartmann6, "ackley10": ackley10, "rosenbrock10": rosenbrock10}
    if folder and (pathlib.Path(folder) / "hpolib_naval_propulsion.f32").exists():
        problems["hpolib"] = hpolib(folder)
    for case, make in problems.items():
        for name in ["optuna-tpe", "optuna-cmaes"]:
            # Optuna's CMA-ES leaves categories to chance, which a table of them is no measure of.
            if case == "hpolib" and name == "optuna-cmaes":
                continue
            runs = []
            for seed in range(seeds):
                study = optuna.create_study(sampler=SAMPLERS[name](seed))
                study.optimize(make(seed), n_trials=100)
                runs.append([trial.value for trial in study.trials])
            for at in [50, 100]:
                best = statistics.median(min(run[:at]) for run in runs)
                unit = "regret" if case == "hpolib" else "value"
                yield {"case": case, "what": f"{name}@{at}", "unit": unit, "value": best}


def optuna_overhead(trials):
    for name in ["optuna-random", "optuna-tpe"]:
        times = []
        # The fastest of three runs, as in bench/tuners.ts.
        for _ in range(3):
            study = optuna.create_study(sampler=SAMPLERS[name](1))
            start = time.perf_counter()
            study.optimize(ordinary, n_trials=trials)
            times.append(time.perf_counter() - start)
        yield {"case": "overhead", "what": f"{name}@{trials}", "value": 1e3 * min(times) / trials}


class HpTrial:
    """KerasTuner's hyperparameters with the verbs of an Optuna trial."""

    def __init__(self, hp):
        self.hp = hp

    def suggest_float(self, name, low, high, log=False):
        return self.hp.Float(name, low, high, sampling="log" if log else "linear")

    def suggest_int(self, name, low, high):
        return self.hp.Int(name, low, high)

    def suggest_categorical(self, name, choices):
        return self.hp.Choice(name, choices)


def keras_tuner_overhead():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras_tuner

    space = keras_tuner.HyperParameters()
    ordinary(HpTrial(space))
    oracles = {
        "keras-tuner-random": (keras_tuner.oracles.RandomSearchOracle, {}, 100, 100),
        # The last five of a hundred, as it takes a second or more each; those before are drawn at random.
        "keras-tuner-bayesian": (keras_tuner.oracles.BayesianOptimizationOracle, {"num_initial_points": 95}, 100, 5),
    }
    for name, (make, settings, trials, counted) in oracles.items():
        objective = keras_tuner.Objective("loss", "min")
        oracle = make(objective=objective, max_trials=trials, hyperparameters=space.copy(), seed=1, **settings)
        with tempfile.TemporaryDirectory() as folder:
            oracle._set_project_dir(folder, "bench")
            times = []
            for _ in range(trials):
                start = time.perf_counter()
                trial = oracle.create_trial("tuner0")
                value = ordinary(HpTrial(trial.hyperparameters))
                oracle.update_trial(trial.trial_id, {"loss": value})
                trial.status = "COMPLETED"
                oracle.end_trial(trial)
                times.append(time.perf_counter() - start)
        yield {"case": "overhead", "what": f"{name}@{trials}", "value": 1e3 * statistics.mean(times[-counted:])}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--data", default="")
    options = parser.parse_args()
    versions = {"python": sys.version.split()[0], "optuna": optuna.__version__}
    notes = []
    rows = list(quality(2 if options.quick else 20, options.data))
    overhead = list(optuna_overhead(100 if options.quick else 1000))
    try:
        # It reports to stdout, which is for the result alone.
        with contextlib.redirect_stdout(sys.stderr):
            overhead += keras_tuner_overhead()
        import keras_tuner

        versions["keras-tuner"] = keras_tuner.__version__
    except ImportError as error:
        notes.append(f"KerasTuner: {error}.")
    rows += [{**row, "unit": "ms a proposal"} for row in overhead]
    print(json.dumps({"versions": versions, "rows": rows, "notes": notes}))


main()
