"""Keras, or NumPy's matrix product, beside bench/engines.ts.

python engines.py '{"framework": "tensorflow" | "jax" | "numpy", "threads", "case", "folds", "epochs",
 "rows", "batchSize", "steps", "milliseconds"}'

Prints {"versions"} when ready and then an answer, as JSON, for every line of standard input: what a part of a trial
takes for `measure`, and how long a whole one took for `trial`.
"""

import json
import os
import sys
import time

task = json.loads(sys.argv[1])
threads = task["threads"]

# The protocol keeps standard output to itself; what libraries print goes to standard error.
voice = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

# Both frameworks make as many threads as they may use cores; has to come before they are loaded.
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-threads:])
for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[name] = str(threads)
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "jax" if task["framework"] == "jax" else "tensorflow"

import numpy as np


def matrix_product():
    a, b = np.random.default_rng(0).standard_normal((2, 1024, 1024), dtype=np.float32)
    best = float("inf")
    until = time.perf_counter() + task["milliseconds"] / 1e3
    while time.perf_counter() < until:
        start = time.perf_counter()
        a @ b
        best = min(best, time.perf_counter() - start)
    return {"gflops": 2 * 1024**3 / best / 1e9}


def keras_steps():
    import keras
    from keras import layers

    if task["framework"] == "tensorflow":
        import tensorflow

        tensorflow.config.threading.set_intra_op_parallelism_threads(threads)
        tensorflow.config.threading.set_inter_op_parallelism_threads(threads)

    def boston():
        hidden = [layers.Dense(64, "relu"), layers.Dropout(0.2), layers.Dense(64, "relu"), layers.Dropout(0.2)]
        model = keras.Sequential([keras.Input((13,)), *hidden, layers.Dense(1)])
        model.compile(keras.optimizers.RMSprop(1e-3), "mse", metrics=["mae"])
        return model

    def mnist_mlp():
        hidden = [layers.Dense(512, "relu"), layers.Dropout(0.2), layers.Dense(512, "relu"), layers.Dropout(0.2)]
        model = keras.Sequential([keras.Input((784,)), *hidden, layers.Dense(10, "softmax")])
        model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
        return model

    def cifar_cnn():
        first, second, third = [layers.Conv2D(50, 3, activation="relu") for _ in range(3)]
        body = [first, layers.MaxPooling2D(2), second, layers.MaxPooling2D(2), third]
        head = [layers.Flatten(), layers.Dropout(0.2), layers.Dense(50, "relu"), layers.Dense(10, "softmax")]
        model = keras.Sequential([keras.Input((32, 32, 3)), *body, *head])
        model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
        return model

    def imdb():
        hidden = [layers.Dense(16, "relu"), layers.Dense(16, "relu")]
        model = keras.Sequential([keras.Input((10000,)), *hidden, layers.Dense(1, "sigmoid")])
        model.compile(keras.optimizers.RMSprop(1e-3), "binary_crossentropy", metrics=["accuracy"])
        return model

    random = np.random.default_rng(0)

    def uniform(rows, *shape):
        return random.random((rows, *shape), dtype=np.float32)

    def reviews(rows):
        x = np.zeros((rows, 10000), dtype=np.float32)
        x[np.repeat(np.arange(rows), 230), random.integers(10000, size=230 * rows)] = 1
        return x

    def classes(rows):
        return random.integers(10, size=rows)

    def liked(rows):
        return random.integers(2, size=(rows, 1)).astype(np.float32)

    make_model, make_x, make_y = {
        "boston": (boston, lambda rows: uniform(rows, 13), lambda rows: uniform(rows, 1)),
        "mnist-mlp": (mnist_mlp, lambda rows: uniform(rows, 784), classes),
        "cifar-cnn": (cifar_cnn, lambda rows: uniform(rows, 32, 32, 3), classes),
        "imdb": (imdb, reviews, liked),
    }[task["case"]]

    class Clock(keras.callbacks.Callback):
        """Times epochs; the first one, which traces and compiles, is told apart."""

        def __init__(self):
            super().__init__()
            self.start = time.perf_counter()
            self.ends = []

        def on_epoch_end(self, epoch, logs=None):
            self.ends.append(time.perf_counter())
            if len(self.ends) > 1 and self.ends[-1] - self.start > task["milliseconds"] / 1e3:
                self.model.stop_training = True

        def result(self):
            epoch = (self.ends[-1] - self.ends[0]) / (len(self.ends) - 1)
            return max(0, self.ends[0] - self.start - epoch), epoch

    size = task["batchSize"]
    count = min(task["rows"]["training"], task["steps"] * size)
    held = round(task["rows"]["validation"] * count / task["rows"]["training"])
    x, y, held_x, held_y = make_x(count), make_y(count), make_x(held), make_y(held)
    steps = -(-count // size)

    def fit(**options):
        clock = Clock()
        model = make_model()
        model.fit(x, y, batch_size=size, epochs=10**6, verbose=0, callbacks=[clock], **options)
        return clock.result()

    def measure():
        setup, epoch = fit(validation_data=(held_x, held_y))
        _, bare = fit()
        return {"setupSeconds": setup, "epochSeconds": epoch, "steps": steps, "stepMs": 1e3 * bare / steps}

    def trial():
        """Every fold as Keras users train it: a new model, all epochs, shuffled, validated, with metrics."""
        training, held = task["rows"]["training"], task["rows"]["validation"]
        x, y, held_x, held_y = make_x(training), make_y(training), make_x(held), make_y(held)
        start = time.perf_counter()
        for _ in range(task["folds"]):
            options = dict(batch_size=size, epochs=task["epochs"], verbose=0, validation_data=(held_x, held_y))
            make_model().fit(x, y, **options)
        return {"trialSeconds": time.perf_counter() - start}

    # What the first model of a process costs beyond the others is no part of a trial.
    make_model().fit(x[:size], y[:size], batch_size=size, verbose=0)
    backend = sys.modules[task["framework"]]
    return {"measure": measure, "trial": trial}, {"keras": keras.__version__, task["framework"]: backend.__version__}


if task["framework"] == "numpy":
    answers, versions = {"measure": matrix_product}, {"numpy": np.__version__}
else:
    answers, versions = keras_steps()
print(json.dumps({"versions": {"python": sys.version.split()[0], **versions}}), file=voice, flush=True)
for line in sys.stdin:
    print(json.dumps(answers[line.strip()]()), file=voice, flush=True)
