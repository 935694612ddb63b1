"""Decisions of Optuna's pruners on studies run one trial after the other, with made-up curves.

Steps are epochs counted from 0 for pruners with warmup and interval, from 1 for those with rungs, folds for Wilcoxon's.
"""
import importlib.metadata as metadata
import json
import math
import pathlib
import warnings

import numpy as np
import optuna
import scipy.stats

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
pruners = optuna.pruners

CASES = [
    ("medianPruner", {}, pruners.MedianPruner(), 0),
    ("medianPruner", {"startupTrials": 3, "warmupEpochs": 4, "interval": 3}, pruners.MedianPruner(3, 4, 3), 0),
    ("medianPruner", {"startupTrials": 0}, pruners.MedianPruner(0), 0),
    ("medianPruner", {"startupTrials": 2, "minTrials": 6}, pruners.MedianPruner(2, n_min_trials=6), 0),
    ("percentilePruner", {"percentile": 25}, pruners.PercentilePruner(25.0), 0),
    ("percentilePruner", {"percentile": 80, "warmupEpochs": 2}, pruners.PercentilePruner(80.0, 5, 2), 0),
    ("successiveHalvingPruner", {}, pruners.SuccessiveHalvingPruner(1, 3), 1),
    ("successiveHalvingPruner", {"minEpochs": 2, "factor": 2}, pruners.SuccessiveHalvingPruner(2, 2), 1),
    ("successiveHalvingPruner", {"factor": 4, "bootstrapTrials": 3}, pruners.SuccessiveHalvingPruner(1, 4, 0, 3), 1),
    ("hyperbandPruner", {"maxEpochs": 27}, pruners.HyperbandPruner(1, 27, 3), 1),
    ("hyperbandPruner", {"maxEpochs": 20, "minEpochs": 2, "factor": 2}, pruners.HyperbandPruner(2, 20, 2), 1),
    ("thresholdPruner", {"upper": 1.05}, pruners.ThresholdPruner(upper=1.05), 0),
    ("thresholdPruner", {"lower": 0.1, "upper": 1.0, "warmupEpochs": 3, "interval": 2}, pruners.ThresholdPruner(0.1, 1.0, 3, 2), 0),
    ("patientPruner", {"patience": 1, "inner": {"name": "medianPruner", "options": {}}}, pruners.PatientPruner(pruners.MedianPruner(), 1), 0),
    (
        "patientPruner",
        {"patience": 3, "minDelta": 0.05, "inner": {"name": "thresholdPruner", "options": {"upper": 0.2}}},
        pruners.PatientPruner(pruners.ThresholdPruner(upper=0.2), 3, 0.05),
        0,
    ),
    ("noPruner", {}, pruners.NopPruner(), 0),
]
WILCOXON = [
    ({}, pruners.WilcoxonPruner()),
    ({"pThreshold": 0.3}, pruners.WilcoxonPruner(p_threshold=0.3)),
    ({"pThreshold": 0.2, "startupFolds": 5}, pruners.WilcoxonPruner(p_threshold=0.2, n_startup_steps=5)),
]


def curve(random):
    """A noisy decline of 27 epochs or fewer, here and there NaN."""
    length = 27 if random.random() < 0.8 else int(random.integers(3, 27))
    level, speed = random.random(), random.uniform(0.02, 1)
    values = level + np.exp(-speed * np.arange(length)) + random.normal(0, 0.05, length)
    if random.random() < 0.1:
        values[int(random.integers(length)) :] = math.nan
    return [None if math.isnan(value) else round(float(value), 4) for value in values]


def play(pruner, curves, first):
    """Until when each trial ran, and how it ended."""
    study = optuna.create_study(study_name="trial", pruner=pruner)
    ends = []
    for values in curves:
        trial = study.ask()
        stopped = False
        for i, value in enumerate(values):
            trial.report(math.nan if value is None else value, i + first)
            if trial.should_prune():
                stopped = True
                break
        done = [math.nan if value is None else value for value in values[: i + 1]]
        if stopped:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
        elif any(map(math.isnan, done)):
            study.tell(trial, state=optuna.trial.TrialState.FAIL)
        else:
            study.tell(trial, float(np.mean(done)))
        ends.append([i + 1, study.trials[-1].state.name])
    return ends


random = np.random.default_rng(4)
curves = [curve(random) for _ in range(60)]
offsets = random.normal(0, 1, 12)
scores = []
for _ in range(40):
    level = random.normal(0, 0.4)
    # Whole tenths now and then: ties and equal pairs.
    digits = 1 if random.random() < 0.5 else 4
    scores.append([round(float(v), digits) for v in offsets + level + random.normal(0, 0.3, 12)])
ranks = []
for n in range(2, 14):
    for decimals in (0, 1, 6):
        differences = [round(float(v), decimals) for v in random.normal(0.4, 1, n)]
        p = scipy.stats.wilcoxon(differences, alternative="greater", zero_method="zsplit").pvalue
        ranks.append({"differences": differences, "p": float(p)})
fixture = {
    "versions": {"optuna": metadata.version("optuna"), "scipy": metadata.version("scipy")},
    "curves": curves,
    "cases": [{"name": n, "options": o, "ends": play(p, curves, first)} for n, o, p, first in CASES],
    "signedRanks": ranks,
    "scores": scores,
    "wilcoxon": [{"options": o, "ends": play(p, scores, 0)} for o, p in WILCOXON],
}
out = pathlib.Path(__file__).parent / "fixtures" / "pruners.json"
out.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
