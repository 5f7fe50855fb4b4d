"""Makes the models of Fixtures/, with what Keras itself computes for them.

Needs keras 3, torch and h5py:  KERAS_BACKEND=torch python make_fixtures.py

Each file is a whole model with a group /reference besides: a random input, the output, a random seed of the
output's shape and the gradient of the sum of output * seed with respect to the input.
"""

import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "torch")
import h5py
import keras
import numpy as np
import torch
from keras import layers as L

FOLDER = Path(__file__).parent / "Fixtures"


def randomize(model, generator):
    """Weights unlike those that layers begin with, so that each of them counts."""
    for weight in model.weights:
        shape = tuple(weight.shape)
        if weight.name.endswith("variance"):
            value = generator.uniform(0.5, 2, shape)
        else:
            value = generator.uniform(-0.6, 0.6, shape)
        weight.assign(value.astype("float32"))


def save(name, model, references=True):
    generator = np.random.default_rng(7)
    randomize(model, generator)
    path = FOLDER / f"{name}.h5"
    model.save(path)
    if not references:
        return
    x = torch.tensor(
        generator.uniform(-1, 1, (2, *model.input_shape[1:])).astype("float32"), requires_grad=True
    )
    y = model(x, training=False)
    seed = torch.tensor(generator.uniform(-1, 1, tuple(y.shape)).astype("float32"))
    (y * seed).sum().backward()
    with h5py.File(path, "a") as file:
        group = file.create_group("reference")
        for key, value in {"input": x, "output": y, "seed": seed, "gradient": x.grad}.items():
            group[key] = value.detach().numpy()


def merging():
    x = keras.Input((6, 5, 3))
    a, b, c = [L.Conv2D(4, 3, padding="same", activation=f)(x) for f in ("tanh", "relu", None)]
    joined = L.Concatenate()(
        [
            L.Add()([a, b, c]),
            L.Average()([a, b, c]),
            L.Multiply()([a, c]),
            L.Subtract()([a, b]),
            L.Maximum()([a, b, c]),
            L.Minimum()([a, c]),
        ]
    )
    y = L.DepthwiseConv2D(3, depth_multiplier=2, strides=2, padding="same", activation="tanh")(joined)
    y = L.SeparableConv2D(5, 2, depth_multiplier=2)(y)
    return keras.Model(x, y)


def sequential():
    return keras.Sequential(
        [
            keras.Input((7, 6, 3)),
            L.Rescaling(0.5, offset=-0.25),
            L.ZeroPadding2D(((1, 2), (0, 1))),
            L.Conv2D(4, 3, strides=2, padding="same", use_bias=False),
            L.BatchNormalization(),
            L.PReLU(shared_axes=[1, 2]),
            L.UpSampling2D(2),
            L.Cropping2D(((1, 0), (2, 1))),
            L.UpSampling2D((2, 3), interpolation="bilinear"),
            L.MaxPooling2D(3, strides=2, padding="same"),
            L.AveragePooling2D(2, padding="same"),
            L.SpatialDropout2D(0.5),
            L.Reshape((-1, 8)),
            L.Flatten(),
            L.Dense(6),
            L.BatchNormalization(scale=False, center=False),
            L.Softmax(),
        ]
    )


def activations():
    x = keras.Input((4, 5, 3))
    functions = [
        L.Activation(name)
        for name in (
            "relu6 elu selu gelu silu sigmoid tanh softplus leaky_relu hard_sigmoid hard_silu "
            "log_softmax"
        ).split()
    ]
    functions += [L.ReLU(), L.ReLU(max_value=0.4), L.ReLU(negative_slope=0.1), L.LeakyReLU(), L.ELU(0.7)]
    values = [function(L.Conv2D(2, 1)(L.Rescaling(5)(x))) for function in functions]
    return keras.Model(x, L.Concatenate()(values))


def pooled():
    x = keras.Input((4, 5, 3))
    return keras.Model(x, L.Add()([L.GlobalMaxPooling2D()(x), L.GlobalAveragePooling2D()(x)]))


def first_axis():
    x = keras.Input((3, 3, 3))
    return keras.Model(x, L.BatchNormalization(axis=1)(x))


def named_tensor():
    x = keras.Input((3, 4))
    return keras.Model(x, L.MultiHeadAttention(1, 2)(x, value=x))


def training():
    x = keras.Input((3, 4))
    return keras.Model(x, L.Dropout(0.5)(x, training=True))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for make in (merging, sequential, activations, pooled):
        save(make.__name__, make())
    for make in (first_axis, named_tensor, training):
        save(make.__name__, make(), references=False)
