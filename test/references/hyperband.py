"""Hyperband's bracket tables as KerasTuner computes them."""
import importlib.metadata as metadata
import json
import pathlib

from keras_tuner.src.tuners.hyperband import HyperbandOracle

plans = []
for factor in (2, 3, 4, 5):
    for max_epochs in [*range(1, 131), 243, 250, 256, 300, 500, 625, 729, 1000, 1024]:
        oracle = HyperbandOracle(objective="val_loss", max_epochs=max_epochs, factor=factor)
        brackets = [
            [
                [oracle._get_size(bracket, rung), oracle._get_epochs(bracket, rung)]
                for rung in range(oracle._get_num_rounds(bracket))
            ]
            for bracket in reversed(range(oracle._get_num_brackets()))
        ]
        plans.append({"maxEpochs": max_epochs, "factor": factor, "brackets": brackets})

out = pathlib.Path(__file__).parent / "fixtures" / "hyperband.json"
out.parent.mkdir(exist_ok=True)
out.write_text(
    json.dumps({"versions": {"keras-tuner": metadata.version("keras-tuner")}, "plans": plans}, separators=(",", ":")) + "\n"
)
