"""Makes the models of Fixtures/, with what Keras itself computes for them.

Needs keras 3, torch and h5py:  KERAS_BACKEND=torch python make_fixtures.py

Each .h5 file is a whole model with a group /reference besides: a random input, the output, a random seed of
the output's shape and the gradient of the sum of output * seed with respect to the input. The .keras file of
the same name is the same model.
"""

import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "torch")
import h5py
import keras
from keras.src.legacy.saving import legacy_h5_format
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


def make_randomized(make):
    model = make()
    randomize(model, np.random.default_rng(7))
    return model


def save(name, model, references=True):
    generator = np.random.default_rng(7)
    randomize(model, generator)
    path = FOLDER / f"{name}.h5"
    model.save(path)
    if not references:
        return
    model.save(FOLDER / f"{name}.keras")
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
            "log_softmax softsign celu mish hard_tanh"
        ).split()
    ]
    functions += [L.ReLU(), L.ReLU(max_value=0.4), L.ReLU(threshold=0.3), L.ReLU(negative_slope=0.1), L.LeakyReLU(), L.ELU(0.7)]
    values = [function(L.Conv2D(2, 1)(L.Rescaling(5)(x))) for function in functions]
    return keras.Model(x, L.Concatenate()(values))


def pooled():
    x = keras.Input((4, 5, 3))
    return keras.Model(x, L.Add()([L.GlobalMaxPooling2D()(x), L.GlobalAveragePooling2D()(x)]))


def nested():
    """A layer and a model called twice, a model in a model in a model, two outputs of one."""
    x = keras.Input((6, 6, 3))
    shared = L.Conv2D(3, 3, padding="same", activation="tanh", name="shared")
    innermost = keras.Sequential(
        [keras.Input((6, 6, 3)), L.Conv2D(3, 1, name="conv"), L.BatchNormalization(name="norm")],
        name="innermost",
    )
    z = keras.Input((6, 6, 3))
    a = L.Conv2D(3, 3, padding="same", name="conv")(innermost(z))
    inner = keras.Model(z, [L.Activation("tanh")(a), L.Add()([a, z])], name="inner")
    one, other = inner(shared(shared(x)))
    again, _ = inner(one)
    y = L.Concatenate()([other, again])
    return keras.Model(x, L.Dense(4)(L.GlobalAveragePooling2D()(y)))


def channels_first():
    first = "channels_first"
    x = keras.Input((3, 7, 6))
    y = L.Conv2D(4, 3, strides=2, padding="same", data_format=first)(x)
    y = L.BatchNormalization(axis=1)(y)
    y = L.PReLU(shared_axes=[2, 3])(y)
    y = L.ZeroPadding2D(((1, 0), (2, 1)), data_format=first)(y)
    y = L.DepthwiseConv2D(3, data_format=first)(y)
    y = L.Concatenate(axis=1)([y, y])
    y = L.UpSampling2D(2, data_format=first)(y)
    y = L.Cropping2D(1, data_format=first)(y)
    y = L.MaxPooling2D(2, data_format=first)(y)
    y = L.SeparableConv2D(5, 1, data_format=first, activation="tanh")(y)
    pooled = L.GlobalAveragePooling2D(data_format=first)(y)
    flat = L.Flatten(data_format=first)(y)
    return keras.Model(x, L.Dense(6, activation="softmax")(L.Concatenate()([pooled, flat])))


def standardizing():
    x = keras.Input((4, 5, 3))
    y = L.LayerNormalization()(x)
    y = L.Conv2D(4, 3, activation="tanh")(y)
    y = L.LayerNormalization(axis=3, epsilon=0.1)(y)
    y = L.LayerNormalization(axis=(2, 3), scale=False)(y)
    y = L.LayerNormalization(axis=[1, 2, 3], center=False)(y)
    return keras.Model(x, y)


def scaling():
    x = keras.Input((4, 5, 3))
    y = L.Rescaling([0.5, 1, 2], offset=[0, 0.25, -1])(x)
    y = L.Normalization(axis=-1)(y)
    y = L.BatchNormalization(axis=1)(y)
    y = L.Normalization(axis=None, mean=0.25, variance=4)(y)
    y = L.Normalization(axis=(1, 3))(y)
    y = L.Normalization(axis=-1, mean=[0.1, 0.2, 0.3], variance=[1, 2, 4], invert=True)(y)
    y = L.PReLU()(y)
    y = L.Permute((3, 1, 2))(y)
    y = L.Dense(2, activation=L.LeakyReLU(0.2))(y)
    return keras.Model(x, y)


def named_tensor():
    x = keras.Input((3, 4))
    return keras.Model(x, L.MultiHeadAttention(1, 2)(x, value=x))


def training():
    x = keras.Input((3, 4))
    return keras.Model(x, L.Dropout(0.5)(x, training=True))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for make in (merging, sequential, activations, pooled, nested, channels_first, scaling, standardizing):
        save(make.__name__, make())
    for make in (named_tensor, training):
        save(make.__name__, make(), references=False)
    with h5py.File(FOLDER / "weights_only.h5", "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, make_randomized(nested))
