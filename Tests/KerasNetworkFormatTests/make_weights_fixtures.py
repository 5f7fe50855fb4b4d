"""Makes the files of Fixtures/Weights: weights without a model, in every container that Keras has for them.

Element i of each weight, in Keras' own order of axes, is (i % 17) / 4 - 2.

Needs keras, tf_keras, tensorflow, h5py and numpy:  python make_weights_fixtures.py
"""

import os
import zipfile
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"

import h5py
import keras
import numpy as np
import tf_keras

FOLDER = Path(__file__).parent / "Fixtures" / "Weights"


def model(library):
    """A convolution, a normalization and a dense layer, whose weights are ramps."""
    layers = library.layers
    made = library.Sequential(
        [
            layers.Input((4, 4, 2)),
            layers.Conv2D(3, 2, name="first"),
            layers.BatchNormalization(name="second"),
            layers.Flatten(),
            layers.Dense(2, name="last"),
        ]
    )
    made.set_weights(
        [(np.arange(w.size) % 17 / 4 - 2).reshape(w.shape).astype("float32") for w in made.get_weights()]
    )
    made.compile("adam", "mse")
    return made


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    three = model(keras)
    three.optimizer.build(three.trainable_variables)
    three.save_weights(FOLDER / "keras3.weights.h5")
    three.save(FOLDER / "whole.keras")
    with zipfile.ZipFile(FOLDER / "whole.keras") as whole:
        with zipfile.ZipFile(FOLDER / "weights.keras", "w") as weights:
            for name in ["metadata.json", "model.weights.h5"]:
                weights.writestr(zipfile.ZipInfo(name), whole.read(name))
    (FOLDER / "whole.keras").unlink()
    two = model(tf_keras)
    two.save_weights(FOLDER / "tf_keras.weights.h5")
    two.save_weights(FOLDER / "legacy.h5", save_format="h5")
    with h5py.File(FOLDER / "circles.h5", "w") as file:
        # A group that holds itself, twice, and an array that is there under two names.
        group = file.create_group("a")
        group["again"] = group
        group["once_more"] = file
        group["w"] = np.zeros((2, 3), "float32")
        file["same"] = group["w"]


if __name__ == "__main__":
    main()
