"""What tf-keras-vis and Xplique compute on the small network: `pip install tensorflow-cpu tf-keras tf-keras-vis xplique`, then

    python keras_reference.py ../../../Tests/ReferenceTests/Fixtures/peers-keras.json
"""
import os
import sys
from importlib.metadata import version

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf
import xplique.features_visualizations.preconditioning as preconditioning
from tf_keras_vis.activation_maximization.input_modifiers import Rotate2D
from tf_keras_vis.activation_maximization.regularizers import Norm, TotalVariation2D
from tf_keras_vis.utils.scores import CategoricalScore
from xplique.features_visualizations.objectives import Objective
from xplique.features_visualizations.regularizers import l1_reg, l2_reg, l_inf_reg, total_variation_reg

from common import HEIGHT, PICTURES, REFERENCE, ROW, VECTORS, WEIGHTS, WIDTH, array, random, rounded, write


def make_network():
    x = keras.Input((HEIGHT, WIDTH, 3))
    conv1 = keras.layers.Conv2D(6, 3, padding="same", activation="softplus", name="conv1")(x)
    pool = keras.layers.AveragePooling2D(2, name="pool")(conv1)
    conv2 = keras.layers.Conv2D(5, 3, padding="same", activation="tanh", name="conv2")(pool)
    dense = keras.layers.Dense(4, name="dense")(keras.layers.Flatten()(conv2))
    network = keras.Model(x, dense)
    for layer in ("conv1", "conv2", "dense"):
        kernel = WEIGHTS[layer].transpose(2, 3, 1, 0) if layer != "dense" else WEIGHTS[layer].T
        network.get_layer(layer).set_weights([kernel, WEIGHTS[layer + " bias"]])
    return network


network, cases = make_network(), []


def case(name, formula, pictures=PICTURES[:1]):
    """Keeps values and the gradient of their sum."""
    x = tf.constant(pictures)
    with tf.GradientTape() as tape:
        tape.watch(x)
        values = formula(x)
        total = tf.reduce_sum(values)
    kept = {"name": name, "pictures": len(pictures), "values": rounded(values),
            "gradient": rounded(tape.gradient(total, x))}
    if pictures is ROW:
        kept["isRow"] = True
    cases.append(kept)


def xplique(name, objective, count=1):
    model, function, _, _ = objective.compile()

    def formula(x):
        outputs = model(x)
        return function(outputs if isinstance(outputs, (list, tuple)) else [outputs])

    case(name, formula, PICTURES[:count])


def direction(layer, vector, power):
    return Objective.direction(network, layer, tf.constant(vector), cossim_pow=power)


xplique("layer", Objective.layer(network, "conv2"))
xplique("layer mean", Objective.layer(network, "conv2", reducer="mean"))
xplique("channel", Objective.channel(network, "conv2", 3), 2)
# Row 3, column 1, channel 2.
xplique("neuron", Objective.neuron(network, "conv2", (3 * 4 + 1) * 5 + 2), 2)
xplique("direction of a dense layer", direction("dense", VECTORS[4], 2.0))
see = keras.Model(network.input, network.get_layer("conv1").output)
target = see(REFERENCE)[0].numpy()
xplique("direction of a whole layer", direction("conv1", target, 2.0))
# One picture, and then two, whose dot products Xplique adds up.
xplique("direction of a batch", direction("conv1", target, 2.0), 2)
# 2 a + 3 b by their names; Xplique multiplies the sum so far by each further factor.
xplique("weighted sum", Objective.channel(network, "conv1", 0) * 2.0 + Objective.channel(network, "conv2", 1) * 3.0)


def score(layer, indices):
    model = keras.Model(network.input, network.get_layer(layer).output)
    return lambda x: CategoricalScore(indices)(model(x))


case("categorical score of a map", score("conv2", [1, 3]), PICTURES[:2])
case("categorical score of classes", score("dense", [2]), PICTURES[:2])
case("norm 2", Norm(weight=1, p=2), PICTURES[:2])
case("norm 6", Norm(weight=1, p=6), PICTURES[:2])
case("l1", l1_reg(), PICTURES[:2])
case("l2", l2_reg(), PICTURES[:2])
case("l infinity", l_inf_reg(), PICTURES[:2])
case("total variation per number", TotalVariation2D(weight=1), ROW)
case("total variation", total_variation_reg(), ROW)


# Pictures of parameters, and the gradient of Σ weight · picture.
def decoder(name, parameters, decode, planes=lambda values: values, **others):
    parameters = tf.constant(parameters)
    with tf.GradientTape() as tape:
        tape.watch(parameters)
        picture = decode(parameters)
        weights = random.uniform(-1, 1, picture.shape).astype(np.float32)
        total = tf.reduce_sum(picture * weights)
    return {"name": name, **others, "parameters": array(planes(parameters.numpy())), "picture": array(picture.numpy()),
            "weights": array(weights), "gradient": array(planes(tape.gradient(total, parameters).numpy()))}


def normal(*shape):
    return random.normal(size=shape).astype(np.float32)


def maco(side, width):
    """MACO's picture without colours: Xplique's matrix has two digits, ours more."""
    frequencies = np.hypot(np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(width)[None])
    magnitude = tf.constant(np.repeat((1 / np.maximum(frequencies, 1 / max(side, width)))[None], 3, 0).astype(np.float32))
    preconditioning.recorrelate_colors = lambda images: images
    # The function itself, which a decorator would have traced with the colours.
    decode = preconditioning.maco_image_parametrization.python_function
    return decoder("maco", normal(3, side, width // 2 + 1), lambda phase: decode(magnitude, phase, (0, 1)))


def fourier(side):
    scale = preconditioning.get_fft_scale(side, side)
    shape = (1, side, side, 3)
    return decoder(
        "fourier", normal(2, 1, 3, side, side // 2 + 1),
        lambda buffer: tf.sigmoid(preconditioning.fft_to_rgb(shape, buffer, scale)),
        # Real parts of a channel, then its imaginary parts.
        planes=lambda values: values[:, 0].transpose(1, 0, 2, 3), decay=1)


class Fixed:
    """Draws a number that is known."""

    def __init__(self, number):
        self.number = number

    def uniform(self, low, high):
        return self.number


def rotation(degrees):
    rotate = Rotate2D()
    rotate.random_generator = Fixed(degrees)
    return {"name": f"rotation by {degrees}°", "parameters": array(PICTURES[:1]), "picture": array(rotate(PICTURES[:1]))}


if __name__ == "__main__":
    colors = preconditioning.recorrelate_colors(np.eye(3, dtype=np.float32)[None, None]).numpy()[0, 0]
    decoders = [maco(8, 8), maco(10, 6), fourier(8), rotation(10),
                {"name": "colors", "parameters": array(np.eye(3)), "picture": array(colors)}]
    packages = ("tensorflow-cpu", "keras", "tf-keras-vis", "xplique")
    write(sys.argv[1], [f"{package} {version(package)}" for package in packages], cases, decoders)
