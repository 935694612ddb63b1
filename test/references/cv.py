"""Folds, scaled columns and summaries as scikit-learn has them. Writes fixtures/cv.json."""

import json
import pathlib

import numpy
import sklearn
from sklearn.model_selection import KFold, StratifiedKFold, train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler

random = numpy.random.default_rng(7)


def folds(splitter, rows, labels=None):
    return [
        {"train": train.tolist(), "validation": validation.tolist()}
        for train, validation in splitter.split(numpy.zeros((rows, 1)), labels)
    ]


k_fold = [
    {"rows": rows, "k": k, "folds": folds(KFold(k), rows)}
    for rows, k in [(10, 2), (10, 3), (11, 4), (5, 5), (7, 2)]
]

stratified = []
for rows, k, classes in [(12, 3, 2), (23, 4, 3), (30, 5, 4), (17, 2, 2)]:
    labels = random.permutation(numpy.arange(rows) % classes if classes == 4 else numpy.arange(rows) ** 2 % classes)
    # Every class with at least k rows, so that no warning is due.
    labels[: k * classes] = numpy.repeat(numpy.arange(classes), k)
    labels = random.permutation(labels)
    stratified.append(
        {"labels": labels.tolist(), "k": k, "folds": folds(StratifiedKFold(k), rows, labels)}
    )

holdout = []
for rows, fraction in [(10, 0.2), (50, 0.1), (8, 0.25)]:
    train, validation = train_test_split(numpy.arange(rows), test_size=fraction, shuffle=False)
    holdout.append(
        {"rows": rows, "fraction": fraction, "train": train.tolist(), "validation": validation.tolist()}
    )

# Columns: plain, far from 0, constant (and not exact in binary), zeros and ones, tiny, one with an outlier.
data = numpy.stack(
    [
        random.normal(3, 2, 40),
        random.normal(20000, 1, 40),
        numpy.full(40, 0.1),
        random.integers(0, 2, 40).astype(float),
        random.normal(0, 1e-6, 40),
        numpy.concatenate([random.normal(0, 1, 39), [1000]]),
    ],
    axis=1,
).astype(numpy.float32)
train = numpy.arange(0, 40, 1)[numpy.arange(40) % 4 != 1]
exact = data.astype(numpy.float64)
scaling = {
    "data": exact.tolist(),
    "train": train.tolist(),
    "standard": StandardScaler().fit(exact[train]).transform(exact).tolist(),
    "minMax": MinMaxScaler().fit(exact[train]).transform(exact).tolist(),
}

fixture = {
    "versions": {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__},
    "kFold": k_fold,
    "stratifiedKFold": stratified,
    "holdout": holdout,
    "scaling": scaling,
}
path = pathlib.Path(__file__).parent / "fixtures" / "cv.json"
path.parent.mkdir(exist_ok=True)
path.write_text(json.dumps(fixture) + "\n")
