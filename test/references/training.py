"""Small networks after 20 steps, and metrics, as Keras and scikit-learn have them. Writes fixtures/training.json.

KERAS_BACKEND=jax python test/references/training.py
"""

import json
import pathlib
import re

import jax
import keras
import numpy
import sklearn
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score

ROWS, BATCH, EPOCHS, INPUTS, HIDDEN = 30, 8, 5, 5, 12
random = numpy.random.default_rng(11)


def numbers(array):
    return [float(value) for value in numpy.asarray(array, dtype=numpy.float32).ravel()]


def snake(name):
    return re.sub(r"([A-Z])", lambda match: "_" + match[1].lower(), name)


ODD = {"clipNorm": "clipnorm", "clipValue": "clipvalue", "globalClipNorm": "global_clipnorm", "beta1": "beta_1", "beta2": "beta_2"}
CLASSES = {"adamW": "AdamW", "sgd": "SGD", "rmsprop": "RMSprop"}


def options(spec):
    made = {}
    for key, value in spec.items():
        if key in ("name", "per"):
            continue
        if isinstance(value, dict):
            kind = value["name"]
            schedule = getattr(keras.optimizers.schedules, kind[0].upper() + kind[1:])
            value = schedule(**options(value))
        made[ODD.get(key, snake(key))] = value
    return made


def optimizer(spec):
    name = spec["name"]
    return getattr(keras.optimizers, CLASSES.get(name, name[0].upper() + name[1:]))(**options(spec))


def loss(spec):
    name = spec["name"]
    return getattr(keras.losses, name[0].upper() + name[1:])(**options(spec))


def constraint(spec):
    if spec is None:
        return None
    names = {"nonNeg": "NonNeg", "maxNorm": "MaxNorm", "unitNorm": "UnitNorm", "minMaxNorm": "MinMaxNorm"}
    return getattr(keras.constraints, names[spec["name"]])(**options(spec))


def regularizer(spec):
    return None if spec is None else keras.regularizers.L1L2(**spec)


def targets(kind, outputs):
    if kind == "any":
        return random.normal(size=(ROWS, outputs))
    if kind == "bits":
        return random.integers(0, 2, (ROWS, outputs)).astype(float)
    if kind == "classes":
        return random.integers(0, outputs, (ROWS, 1)).astype(float)
    return numpy.eye(outputs)[random.integers(0, outputs, ROWS)]


def case(name, optimizer_spec=None, loss_spec=None, kind="any", activation="linear", parts=None, outputs=3):
    optimizer_spec = optimizer_spec or {"name": "sgd", "learningRate": 0.1}
    loss_spec = loss_spec or {"name": "meanSquaredError"}
    parts = parts or {}
    x = random.normal(size=(ROWS, INPUTS)).astype("float32")
    y = targets(kind, outputs).astype("float32")
    model = keras.Sequential(
        [
            keras.Input((INPUTS,)),
            keras.layers.Dense(
                HIDDEN,
                activation="tanh",
                kernel_constraint=constraint(parts.get("kernelConstraint")),
                bias_constraint=constraint(parts.get("biasConstraint")),
                kernel_regularizer=regularizer(parts.get("kernelRegularizer")),
                bias_regularizer=regularizer(parts.get("biasRegularizer")),
            ),
            keras.layers.Dense(outputs, activation=activation),
        ]
    )
    initial = [random.normal(size=weight.shape) / numpy.sqrt(weight.shape[0]) for weight in model.get_weights()]
    model.set_weights(initial)
    for variable in model.trainable_variables:
        # tfjs applies constraints whenever weights are set.
        if variable.constraint is not None:
            variable.assign(variable.constraint(variable))
    model.compile(optimizer=optimizer(optimizer_spec), loss=loss(loss_spec))
    for _ in range(EPOCHS):
        for start in range(0, ROWS, BATCH):
            model.train_on_batch(x[start : start + BATCH], y[start : start + BATCH])
    return {
        "name": name,
        "optimizer": optimizer_spec,
        "loss": loss_spec,
        "activation": activation,
        "parts": parts,
        "outputs": outputs,
        "kind": kind,
        "x": numbers(x),
        "y": numbers(y),
        "initial": [numbers(weight) for weight in initial],
        "final": [numbers(weight) for weight in model.get_weights()],
    }


def of(name, learningRate=0.01, **settings):
    return {"name": name, "learningRate": learningRate, **settings}


exponential = {"name": "exponentialDecay", "initialLearningRate": 0.2, "decaySteps": 6, "decayRate": 0.5}
cosine = {"name": "cosineDecay", "initialLearningRate": 0.2, "decaySteps": 15, "alpha": 0.1}

cases = [
    case("adamW", of("adamW", weightDecay=0.3)),
    case("adamW as it comes", of("adamW")),
    case("nadam", of("nadam")),
    case("nadam with settings", of("nadam", 0.02, beta1=0.8, beta2=0.95, weightDecay=0.1)),
    case("rmsprop", of("rmsprop")),
    case("rmsprop with momentum", of("rmsprop", momentum=0.5)),
    case("centered rmsprop", of("rmsprop", centered=True)),
    case("centered rmsprop with momentum", of("rmsprop", rho=0.8, momentum=0.4, epsilon=1e-4, centered=True)),
    case("adam", of("adam", beta1=0.8, beta2=0.9)),
    case("adamax", of("adamax")),
    case("adagrad", of("adagrad", 0.1)),
    case("sgd with decay", of("sgd", 0.1, weightDecay=0.2)),
    case("momentum clipped by value", of("sgd", 0.1, momentum=0.9, clipValue=0.05)),
    case("nesterov clipped by norm", of("sgd", 0.1, momentum=0.8, nesterov=True, clipNorm=0.2)),
    case("sgd clipped by global norm", of("sgd", 0.2, globalClipNorm=0.3)),
    case("adam clipped by global norm", of("adam", 0.02, epsilon=1e-12, globalClipNorm=0.3)),
    case("clipping that rarely bites", of("sgd", 0.1, clipNorm=0.6)),
    case("clipped gradients with penalties", of("sgd", 0.1, globalClipNorm=0.4), parts={"kernelRegularizer": {"l1": 0.02, "l2": 0.1}}),
    case("exponential decay", of("sgd", exponential)),
    case("exponential decay in jumps", of("sgd", {**exponential, "staircase": True})),
    case("cosine decay", of("sgd", cosine)),
    case("cosine decay, warmed up", of("adam", {**cosine, "initialLearningRate": 0.001, "warmupTarget": 0.05, "warmupSteps": 5})),
    case("piecewise constant decay", of("sgd", {"name": "piecewiseConstantDecay", "boundaries": [4, 11], "values": [0.2, 0.05, 0.1]})),
    case("huber", loss_spec={"name": "huber"}),
    case("huber with delta", loss_spec={"name": "huber", "delta": 0.4}),
    case("focal", of("sgd", 0.5), {"name": "binaryFocalCrossentropy"}, "bits", "sigmoid"),
    case("focal, balanced", of("sgd", 0.5), {"name": "binaryFocalCrossentropy", "gamma": 1.5, "alpha": 0.7, "applyClassBalancing": True}, "bits", "sigmoid", outputs=1),
    case("focal of logits", of("sgd", 0.5), {"name": "binaryFocalCrossentropy", "fromLogits": True}, "bits"),
    case("focal without focus", of("sgd", 0.5), {"name": "binaryFocalCrossentropy", "gamma": 0}, "bits", "sigmoid"),
    case("binary crossentropy of logits", of("sgd", 0.5), {"name": "binaryCrossentropy", "fromLogits": True}, "bits"),
    case("categorical crossentropy of logits", of("sgd", 0.5), {"name": "categoricalCrossentropy", "fromLogits": True}, "shares"),
    case("sparse crossentropy of logits", of("sgd", 0.5), {"name": "sparseCategoricalCrossentropy", "fromLogits": True}, "classes", outputs=11),
    case("not negative", parts={"kernelConstraint": {"name": "nonNeg"}, "biasConstraint": {"name": "nonNeg"}}),
    case("max norm", parts={"kernelConstraint": {"name": "maxNorm", "maxValue": 0.8}, "biasConstraint": {"name": "maxNorm", "maxValue": 0.5}}),
    case("max norm of rows", parts={"kernelConstraint": {"name": "maxNorm", "maxValue": 1.2, "axis": 1}}),
    case("max norm of all", parts={"kernelConstraint": {"name": "maxNorm", "maxValue": 2, "axis": [0, 1]}}),
    case("unit norm", of("adam", epsilon=1e-12), parts={"kernelConstraint": {"name": "unitNorm"}}),
    case("min-max norm", parts={"kernelConstraint": {"name": "minMaxNorm", "minValue": 0.7, "maxValue": 1.1, "rate": 0.6}}),
    case("penalties", parts={"kernelRegularizer": {"l1": 0.02, "l2": 0.1}, "biasRegularizer": {"l1": 0.05, "l2": 0.2}}),
]

predictions = numpy.round(random.uniform(size=(40, 3)), 2)
truth = (random.uniform(size=(40, 3)) < predictions).astype(float)
classes = random.integers(0, 6, 50)
scores = random.uniform(size=(50, 6)) + 0.3 * numpy.eye(6)[classes]
yes = predictions.ravel() > 0.5
top_k = keras.metrics.SparseTopKCategoricalAccuracy(k=2)
top_k.update_state(classes, scores)
keras_auc = keras.metrics.AUC(num_thresholds=2000)
keras_auc.update_state(truth, predictions)
metrics = {
    "predictions": predictions.ravel().tolist(),
    "truth": truth.ravel().tolist(),
    "auc": roc_auc_score(truth.ravel(), predictions.ravel()),
    "kerasAuc": float(keras_auc.result()),
    "precision": precision_score(truth.ravel(), yes),
    "recall": recall_score(truth.ravel(), yes),
    "f1": f1_score(truth.ravel(), yes),
    "classes": classes.tolist(),
    "scores": scores.ravel().tolist(),
    "top2": float(top_k.result()),
    "classAuc": roc_auc_score(numpy.eye(6)[classes].ravel(), scores.ravel()),
}

fixture = {
    "versions": {
        "keras": keras.__version__,
        "jax": jax.__version__,
        "scikit-learn": sklearn.__version__,
        "numpy": numpy.__version__,
    },
    "cases": cases,
    "metrics": metrics,
}
path = pathlib.Path(__file__).parent / "fixtures" / "training.json"
path.write_text(json.dumps(fixture) + "\n")
