"""Optuna's random search with its pruners on learning curves of TaskSet: taskset.py <file> <seeds>.

Prints the rows of a bench as JSON. Steps count from 1; a NaN fails a trial.
"""
import json
import statistics
import sys
import warnings

import math
import optuna

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
BUDGETS = (510, 1020, 2040)
PRUNERS = {
    "optuna-random": optuna.pruners.NopPruner,
    "optuna-random+median": optuna.pruners.MedianPruner,
    "optuna-random+halving": lambda: optuna.pruners.SuccessiveHalvingPruner(min_resource=1, reduction_factor=3),
    "optuna-random+hyperband": lambda: optuna.pruners.HyperbandPruner(min_resource=1, max_resource=51, reduction_factor=3),
}


def regrets(curves, least, pruner, seed):
    sampler = optuna.samplers.RandomSampler(seed=seed)
    study = optuna.create_study(sampler=sampler, pruner=pruner, study_name=f"taskset-{seed}")
    spent, lowest, found = 0, math.inf, []
    while True:
        trial = study.ask()
        curve = curves[trial.suggest_int("row", 0, len(curves) - 1)]
        state = optuna.trial.TrialState.COMPLETE
        for step, value in enumerate(curve, 1):
            spent += 1
            if not math.isnan(value):
                lowest = min(lowest, value)
            if spent in BUDGETS:
                found.append(lowest - least)
            if spent == BUDGETS[-1]:
                return found
            if math.isnan(value):
                state = optuna.trial.TrialState.FAIL
                break
            trial.report(value, step)
            if trial.should_prune():
                state = optuna.trial.TrialState.PRUNED
                break
        study.tell(trial, min(curve) if state == optuna.trial.TrialState.COMPLETE else None, state=state)


def main(file, seeds):
    with open(file, encoding="utf8") as text:
        table = json.load(text)
    curves = [[math.nan if v is None else v for v in row["valid"]["loss"]] for row in table]
    least = min(v for curve in curves for v in curve if not math.isnan(v))
    rows = []
    for name, pruner in PRUNERS.items():
        runs = [regrets(curves, least, pruner(), seed) for seed in range(seeds)]
        for i, budget in enumerate(BUDGETS):
            median = statistics.median(run[i] for run in runs)
            rows.append({"case": "taskset", "what": f"{name}@{budget}", "unit": "regret", "value": median})
    print(json.dumps({"versions": {"optuna": optuna.__version__}, "rows": rows}))


main(sys.argv[1], int(sys.argv[2]))
