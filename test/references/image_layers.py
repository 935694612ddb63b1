"""Trains small networks with Keras: layers whose gradient tfjs refuses or has wrong. Writes fixtures/image_layers.json.

KERAS_BACKEND=jax python test/references/image_layers.py
"""
import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np
from keras import layers

ROWS, BATCH, EPOCHS, RATE = 12, 4, 7, 0.05


def numbers(shape, stream):
    """The same numbers as in the test: multiples of 1/1009 between -0.5 and 0.5."""
    i = np.arange(int(np.prod(shape)))
    return (((i * 7919 + stream * 4729 + 13) % 1009) / 1009 - 0.5).astype(np.float32).reshape(shape)


CASES = {
    "dilated conv2d": ((7, 8, 3), lambda: [
        layers.Conv2D(5, 3, dilation_rate=2, activation="relu"),
        layers.Conv2D(4, 2, dilation_rate=(2, 1), padding="same"),
    ]),
    "dilated conv1d": ((11, 3), lambda: [
        layers.Conv1D(9, 3, dilation_rate=2, padding="same", activation="tanh"),
        layers.Conv1D(4, 2, dilation_rate=3),
    ]),
    "dilated separableConv2d": ((7, 6, 3), lambda: [
        layers.Conv2D(4, 1),
        layers.SeparableConv2D(5, 2, dilation_rate=2, padding="same", depth_multiplier=2),
    ]),
    "averagePooling2d over the border": ((7, 6, 2), lambda: [
        layers.Conv2D(5, 2),
        layers.AveragePooling2D(3, strides=2, padding="same"),
    ]),
    "averagePooling1d over the border": ((9, 4), lambda: [
        layers.Dense(5),
        layers.AveragePooling1D(3, strides=2, padding="same"),
    ]),
    "upSampling2d of unequal sides": ((3, 4, 3), lambda: [
        layers.Conv2D(5, 2),
        layers.UpSampling2D((2, 3)),
        layers.Conv2D(2, 2),
    ]),
    "batch normalization without scale": ((5,), lambda: [
        layers.Dense(9), layers.BatchNormalization(scale=False, momentum=0.8)]),
    "batch normalization without center": ((5,), lambda: [
        layers.Dense(9), layers.BatchNormalization(center=False, momentum=0.8)]),
    "layer normalization without scale": ((5,), lambda: [layers.Dense(9), layers.LayerNormalization(scale=False)]),
    "layer normalization without center": ((5,), lambda: [layers.Dense(9), layers.LayerNormalization(center=False)]),
}


def train(shape, build):
    model = keras.Sequential([keras.Input(shape), *build()])
    if len(model.output_shape) > 2:
        model.add(layers.Flatten())
    model.add(layers.Dense(3))
    stream = 2
    for layer in model.layers:
        fresh = []
        for weight in layer.weights:
            value = numbers(weight.shape, stream)
            fresh.append(np.abs(value) + 0.5 if "variance" in weight.name else value)
            stream += 1
        layer.set_weights(fresh)
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(RATE))
    history = model.fit(
        numbers((ROWS, *shape), 0), numbers((ROWS, 3), 1), batch_size=BATCH, epochs=EPOCHS, shuffle=False, verbose=0
    )
    weights = [w.ravel().tolist() for layer in model.layers for w in layer.get_weights()]
    return {
        "loss": history.history["loss"],
        "weights": [[float(f"{v:.8g}") for v in weight] for weight in weights],
    }


out = Path(__file__).parent / "fixtures" / "image_layers.json"
fixture = {
    "versions": {"keras": keras.__version__, "backend": keras.backend.backend(), "numpy": np.__version__},
    "rows": ROWS, "batch": BATCH, "epochs": EPOCHS, "rate": RATE,
    "cases": {name: train(*case) for name, case in CASES.items()},
}
out.write_text(json.dumps(fixture) + "\n")
