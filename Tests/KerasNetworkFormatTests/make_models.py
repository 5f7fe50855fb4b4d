"""Makes Fixtures/Models.h5: small models as people write them, saved by Keras 2 and Keras 3, and what Keras computes.

Needs tensorflow, tf_keras, keras and h5py: python make_models.py. (Each version of Keras runs in a process of its own.)

The file has a group for each model and version, `transfer-keras3`. In it are `keras` and `h5`, the bytes of the model's
files (one of them lacks where Keras itself cannot write it), `output`, what the model makes of `numbers(shape, 7919)`, and
`gradient`, that of the sum of output * numbers(output's shape, 6271) with respect to the input. Files are deflated: those
of HDF5 are mostly empty. `drawn` is the input of models that lie beside the package. The attribute
`models` lists all files, `transfer-keras3.h5`.
"""

import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import h5py
import numpy as np

TARGET = Path(__file__).parent / "Fixtures" / "Models.h5"
VERSION = int(sys.argv[1]) if len(sys.argv) > 1 else 0
if VERSION == 2:
    import tf_keras as keras
elif VERSION == 3:
    import keras
if VERSION:
    import tensorflow as tf

    L = keras.layers
    ops = keras.ops if VERSION == 3 else None

MODELS = []


def model(*versions):
    """Adds a function that makes a model to those that are saved, by the versions of Keras that know its layers."""

    def add(make):
        if not versions or VERSION in versions:
            MODELS.append(make)
        return make

    return add


def picture(height=8, width=8, channels=3):
    return keras.Input((height, width, channels), name="picture")


def backbone(channels=4):
    """A network such as those of keras.applications, without its top."""
    x = keras.Input((8, 8, 3), name="backbone_input")
    y = L.Conv2D(channels, 3, strides=2, padding="same", use_bias=False, name="stem")(x)
    y = L.BatchNormalization(name="stem_bn")(y)
    y = L.ReLU(6.0, name="stem_relu")(y)
    y = L.DepthwiseConv2D(3, padding="same", use_bias=False, name="expand")(y)
    y = L.BatchNormalization(name="expand_bn")(y)
    return keras.Model(x, y, name="backbone")


def head(x, units=3):
    return L.Dense(units, name="predictions")(L.GlobalAveragePooling2D()(x))


# Transfer learning, as tensorflow.org and keras.io teach it.


@model()
def transfer():
    augmentation = keras.Sequential([L.RandomFlip("horizontal"), L.RandomRotation(0.2)])
    x = picture()
    y = augmentation(x)
    y = keras.applications.mobilenet_v2.preprocess_input(y * 255)
    y = backbone()(y, training=False)
    y = L.Dropout(0.2)(L.GlobalAveragePooling2D()(y))
    return keras.Model(x, L.Dense(3, activation="softmax")(y))


@model()
def preprocess_caffe():
    """Channels reversed and means subtracted, as ResNet50 and VGG16 take pictures."""
    x = picture()
    return keras.Model(x, head(backbone()(keras.applications.resnet50.preprocess_input(x * 255) / 64)))


@model()
def preprocess_torch():
    x = picture()
    return keras.Model(x, head(backbone()(keras.applications.densenet.preprocess_input(x * 255))))


@model()
def sequential_transfer():
    return keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            L.Rescaling(1 / 127.5, offset=-1),
            backbone(),
            L.GlobalMaxPooling2D(),
            L.Dense(4, activation="relu"),
            L.Dense(2),
        ]
    )


@model()
def sequential_in_sequential():
    block = keras.Sequential([L.Conv2D(4, 3), L.BatchNormalization(), L.ReLU()], name="block")
    return keras.Sequential([keras.Input((8, 8, 3)), block, keras.Sequential([L.Flatten(), L.Dense(3)])])


@model()
def fine_tuned_layers():
    """The layers of another model from its input to one in its midst."""
    base = backbone()
    return keras.Model(base.input, head(base.get_layer("stem_relu").output))


@model()
def siamese():
    encoder = keras.Sequential([keras.Input((8, 8, 3)), L.Conv2D(3, 3), L.Flatten(), L.Dense(4)])
    x = picture()
    turned = L.Permute((2, 1, 3))(x)
    return keras.Model(x, L.Dense(1)(L.Subtract()([encoder(x), encoder(turned)])))


@model()
def shared_between_levels():
    layer = L.Conv2D(3, 3, padding="same", name="shared_conv")
    a = keras.Input((8, 8, 3))
    encoder = keras.Model(a, L.Activation("tanh")(layer(a)), name="encoder")
    b = keras.Input((8, 8, 3))
    decoder = keras.Model(b, L.Conv2D(3, 3, padding="same")(b), name="decoder")
    c = keras.Input((8, 8, 3))
    auto = keras.Model(c, decoder(encoder(c)), name="auto")
    x = picture()
    return keras.Model(x, L.Add()([auto(x), encoder(x), layer(x), decoder(encoder(auto(x)))]))


@model()
def several_outputs():
    a = keras.Input((8, 8, 3))
    one = L.Conv2D(4, 3, name="one")(a)
    pyramid = keras.Model(a, [one, L.Conv2D(4, 3, padding="same", name="two")(one)], name="pyramid")
    x = picture()
    one, two = pyramid(x)
    again, _ = pyramid(L.Activation("tanh")(x))
    return keras.Model(x, L.Concatenate()([two, one, again]))


@model(3)
def named_inputs():
    a = {"left": keras.Input((8, 8, 3), name="left"), "right": keras.Input((8, 8, 3), name="right")}
    inner = keras.Model(a, {"sum": L.Add()([a["right"], L.Conv2D(3, 1)(a["left"])])}, name="inner")
    x = picture()
    y = inner({"right": L.Activation("tanh")(x), "left": x})
    return keras.Model(x, head(y["sum"]))


# Layers of one spatial axis.


@model()
def one_axis():
    x = keras.Input((16, 3))
    y = L.ZeroPadding1D((1, 2))(x)
    y = L.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="relu")(y)
    y = L.DepthwiseConv1D(3, depth_multiplier=2, padding="same")(y)
    y = L.SeparableConv1D(5, 2, strides=2, activation="tanh")(y)
    y = L.UpSampling1D(3)(y)
    y = L.Cropping1D((2, 1))(y)
    y = L.MaxPooling1D(3, strides=2, padding="same")(y)
    y = L.AveragePooling1D(2, strides=1, padding="same")(y)
    y = L.Conv1DTranspose(4, 4, strides=3, padding="same")(y)
    y = L.SpatialDropout1D(0.3)(L.BatchNormalization()(y))
    return keras.Model(x, L.Concatenate()([L.GlobalMaxPooling1D()(y), L.GlobalAveragePooling1D()(y)]))


@model()
def signal_classifier():
    x = keras.Input((16, 2))
    y = x
    for filters in (4, 6):
        y = L.MaxPooling1D()(L.Conv1D(filters, 3, padding="same", activation="relu")(y))
    return keras.Model(x, L.Dense(3, activation="softmax")(L.Flatten()(y)))


# Enlarging maps.


@model()
def transposed_convolutions():
    x = picture(5, 6)
    values = [
        L.Conv2DTranspose(2, 3, strides=2, padding="same")(x),
        L.Cropping2D(((0, 1), (1, 0)))(L.Conv2DTranspose(2, 3, strides=2, activation="elu")(x)),
        L.Conv2DTranspose(2, 5, strides=2, padding="same", output_padding=1)(x),
        L.Conv2DTranspose(2, (2, 4), strides=2, padding="same", use_bias=False)(x),
        L.Conv2DTranspose(2, 1, strides=2)(x),
    ]
    return keras.Model(x, L.Concatenate()(values))


@model()
def dilated_transposed_convolution():
    x = picture(4, 5)
    return keras.Model(x, L.Conv2DTranspose(2, 3, dilation_rate=2, padding="valid")(x))


@model()
def unet():
    x = picture()
    down = [L.Conv2D(4, 3, padding="same", activation="relu")(x)]
    down.append(L.Conv2D(6, 3, padding="same", activation="relu")(L.MaxPooling2D()(down[0])))
    y = L.Conv2D(8, 3, padding="same", activation="relu")(L.MaxPooling2D()(down[1]))
    for filters, skipped in ((6, down[1]), (4, down[0])):
        y = L.Conv2DTranspose(filters, 2, strides=2, padding="same")(y)
        y = L.Conv2D(filters, 3, padding="same", activation="relu")(L.concatenate([y, skipped], axis=3))
    return keras.Model(x, L.Conv2D(1, 1, activation="sigmoid")(y))


@model()
def super_resolution():
    x = picture()
    y = L.Conv2D(4, 3, padding="same", activation="relu")(x)
    y = L.Conv2D(12, 3, padding="same")(y)
    return keras.Model(x, ops.nn.depth_to_space(y, 2) if ops else tf.nn.depth_to_space(y, 2))


@model()
def reflected():
    x = picture()
    pad = [[0, 0], [2, 1], [1, 2], [0, 0]]
    y = ops.pad(x, pad, mode="reflect") if ops else tf.pad(x, pad, mode="REFLECT")
    return keras.Model(x, L.Conv2D(3, 3, activation="tanh")(y))


# Pictures of another size.


@model()
def resized():
    x = picture(9, 10)
    values = [
        L.Resizing(6, 7)(x),
        L.Resizing(6, 7, interpolation="nearest")(x),
        L.Resizing(6, 7, crop_to_aspect_ratio=True)(x),
        L.CenterCrop(6, 7)(x),
        L.CenterCrop(6, 7)(L.Resizing(5, 9)(x)),
        L.Resizing(6, 7)(L.Cropping2D(3)(x)),
    ]
    return keras.Model(x, L.Concatenate()(values))


@model(2)
def random_crop():
    x = picture(9, 10)
    return keras.Model(x, L.RandomCrop(6, 4)(x))


@model(3)
def resized_within():
    x = picture(6, 9)
    values = [
        L.Resizing(7, 7, pad_to_aspect_ratio=True)(x),
        ops.image.resize(x, (7, 7), interpolation="bilinear"),
        L.Resizing(7, 7, antialias=True)(L.UpSampling2D(3, interpolation="bilinear")(x)),
    ]
    return keras.Model(x, L.Concatenate()(values))


@model()
def augmented():
    x = picture()
    y = x
    for layer in (
        L.RandomFlip(),
        L.RandomRotation(0.1),
        L.RandomZoom(0.2),
        L.RandomTranslation(0.1, 0.1),
        L.RandomContrast(0.1),
        L.RandomBrightness(0.1),
        L.GaussianNoise(0.1),
        L.GaussianDropout(0.1),
        L.AlphaDropout(0.1),
    ):
        y = layer(y)
    y = L.Conv2D(4, 3, activation="relu")(y)
    return keras.Model(x, head(L.ActivityRegularization(0.1)(L.SpatialDropout2D(0.2)(y))))


@model(3)
def augmented_more():
    x = picture()
    y = x
    for layer in (
        L.RandomHue(0.1, value_range=(0, 1)),
        L.RandomSaturation(0.1, value_range=(0, 1)),
        L.RandomSharpness(0.1, value_range=(0, 1)),
        L.RandomGrayscale(0.5),
        L.RandomErasing(0.5, value_range=(0, 1)),
        L.RandomShear(0.1),
        L.Solarization(value_range=(0, 1)),
        L.RandomCrop(8, 8),
    ):
        y = layer(y)
    return keras.Model(x, head(L.Conv2D(4, 3)(y)))


# Normalizations.


@model()
def normalized():
    x = picture(5, 6, 4)
    y = L.GroupNormalization(2)(x)
    y = L.Conv2D(4, 3)(y)
    y = L.GroupNormalization(groups=-1, scale=False)(y)
    y = L.LayerNormalization(axis=[1, 2, 3], epsilon=0.01)(y)
    y = L.UnitNormalization()(y)
    y = L.GroupNormalization(3, axis=1)(y)
    y = L.UnitNormalization(axis=[1, 2])(y)
    return keras.Model(x, L.LayerNormalization(axis=-1, center=False)(L.Dense(3)(y)))


@model(3)
def normalized_by_squares():
    x = picture(5, 6, 4)
    y = L.RMSNormalization()(x)
    y = L.LayerNormalization(rms_scaling=True)(L.Dense(4)(y))
    y = L.SpectralNormalization(L.Conv2D(3, 3, activation="relu"))(y)
    return keras.Model(x, L.RMSNormalization(axis=1, epsilon=0.1)(y))


# Activations.


@model(3)
def activations_of_keras_3():
    x = picture(3, 4)
    names = (
        "exponential hard_shrink soft_shrink tanh_shrink glu log_sigmoid squareplus sparse_plus sparse_sigmoid threshold "
        "celu hard_tanh relu6 leaky_relu mish hard_silu linear sparsemax"
    ).split()
    values = [L.Activation(name)(L.Conv2D(4, 1)(x * 3)) for name in names if name != "threshold"]
    y = L.Conv2D(4, 1)(x * 3)
    values += [
        ops.threshold(y, 0.2, -0.5),
        ops.hard_shrink(y, 0.3),
        ops.soft_shrink(y, 0.3),
        ops.squareplus(y, 2),
        ops.celu(y, 0.7),
        ops.gelu(y, approximate=True),
        ops.leaky_relu(y, 0.3),
        L.UpSampling2D((1, 2))(ops.glu(y, axis=2)),
    ]
    return keras.Model(x, L.Concatenate()(values))


@model()
def rectifiers():
    x = picture(3, 4)
    y = L.Conv2D(4, 1)(x * 3)
    values = [
        L.ReLU(max_value=1, negative_slope=0.1)(y),
        L.ReLU(threshold=0.25)(y),
        L.ReLU(max_value=1.5, threshold=0.5, negative_slope=0.25)(y),
        L.ReLU(max_value=1.5, threshold=0.5)(y),
        L.LeakyReLU(0.05)(y),
        L.ELU(0.5)(y),
        L.PReLU(shared_axes=[1, 2])(y),
        L.Softmax(axis=[1, 2])(y),
        L.Softmax(axis=1)(y),
        L.Activation("exponential")(y),
        L.Dense(3, activation="gelu")(y),
        L.Conv2D(3, 1, activation="swish")(y),
    ]
    if VERSION == 2:
        values.append(L.ThresholdedReLU(0.4)(y))
    return keras.Model(x, L.Concatenate()(values))


# Attention.


@model()
def multi_head_attention():
    x = keras.Input((6, 5))
    y = L.MultiHeadAttention(2, 3)(x, x)
    y = L.Add()([x, y])
    y = L.MultiHeadAttention(2, 4, value_dim=3, output_shape=7)(query=y, value=x)
    y = L.MultiHeadAttention(1, 4, use_bias=False)(y, x, key=L.Dense(5)(x), use_causal_mask=True)
    z, scores = L.MultiHeadAttention(2, 2)(y, y, return_attention_scores=True)
    return keras.Model(x, L.Concatenate()([z, L.Reshape((6, 12))(L.Permute((2, 1, 3))(scores))]))


@model()
def attention_over_maps():
    x = picture(4, 3, 4)
    return keras.Model(x, L.MultiHeadAttention(2, 3)(x, x))


@model(3)
def grouped_attention():
    x = keras.Input((6, 5))
    y = L.GroupQueryAttention(4, 4, 2)(x, x)
    y = L.Add()([x, y])
    z = keras.layers.MultiHeadAttention(2, 3)(y, y, attention_mask=np.tril(np.ones((1, 6, 6), bool)))
    return keras.Model(x, L.Concatenate()([y, z]))


@model()
def plain_attention():
    x = keras.Input((6, 4))
    other = L.Dense(4)(L.Cropping1D((1, 0))(x))
    values = [
        L.Attention()([x, other]),
        L.Attention(use_scale=True)([x, other, L.Activation("tanh")(other)]),
        L.Attention(score_mode="concat")([x, other]),
        L.Attention(score_mode="concat", use_scale=True)([x, x], use_causal_mask=True),
        L.AdditiveAttention()([x, other]),
        L.AdditiveAttention(use_scale=False)([x, other]),
    ]
    return keras.Model(x, L.Concatenate()(values))


def transformer(x, heads, width):
    y = L.LayerNormalization(epsilon=1e-6)(x)
    x = L.Add()([L.MultiHeadAttention(heads, width, dropout=0.1)(y, y), x])
    y = L.LayerNormalization(epsilon=1e-6)(x)
    for units in (2 * width, x.shape[-1]):
        y = L.Dropout(0.1)(L.Dense(units, activation=keras.activations.gelu)(y))
    return L.Add()([y, x])


@model()
def vision_transformer():
    """Position embeddings are those of constant positions, as keras.io's examples write them."""
    x = picture()
    tokens = L.Reshape((16, 6))(L.Conv2D(6, 2, strides=2)(x))
    generator = np.random.default_rng(5)
    embedding = L.Embedding(16, 6)
    embedding(np.arange(16))
    embedding.set_weights([generator.uniform(-1, 1, (16, 6))])
    y = tokens + embedding(np.arange(16))
    y = transformer(y, 2, 3)
    y = L.LayerNormalization()(transformer(y, 2, 3))
    return keras.Model(x, L.Dense(3)(L.Flatten()(y)))


@model()
def patches():
    x = picture()
    if ops:
        y = ops.image.extract_patches(x, 4)
        z = ops.image.extract_patches(x, (2, 3), strides=(2, 1), padding="same")
    else:
        y = tf.image.extract_patches(x, [1, 4, 4, 1], [1, 4, 4, 1], [1, 1, 1, 1], "VALID")
        z = tf.image.extract_patches(x, [1, 2, 3, 1], [1, 2, 1, 1], [1, 1, 1, 1], "SAME")
    y = L.GlobalAveragePooling1D()(transformer(L.Dense(4)(L.Reshape((4, 48))(y)), 1, 4))
    return keras.Model(x, L.Concatenate()([y, L.Flatten()(z)]))


@model()
def mixer():
    x = picture()
    y = L.Reshape((16, 6))(L.Conv2D(6, 2, strides=2)(x))
    z = L.Permute((2, 1))(L.LayerNormalization()(y))
    y = L.Add()([y, L.Permute((2, 1))(L.Dense(16, activation="gelu")(z))])
    return keras.Model(x, L.Dense(2)(L.GlobalAveragePooling1D()(y)))


@model()
def einsum_layers():
    x = keras.Input((6, 5))
    y = L.EinsumDense("abc,cd->abd", output_shape=(6, 4), bias_axes="d", activation="relu")(x)
    y = L.EinsumDense("abc,cde->abde", output_shape=(6, 2, 3), bias_axes="de")(y)
    y = L.EinsumDense("abde,def->abf", output_shape=(6, 5))(y)
    y = L.EinsumDense("abc,bd->adc", output_shape=(4, 5), bias_axes="dc")(y)
    return keras.Model(x, L.EinsumDense("...x,xy->...y", output_shape=3, bias_axes="y")(y))


# Joining values, and arithmetic.


@model()
def merged():
    x = picture(4, 4, 4)
    a = L.Conv2D(4, 1)(x)
    pooled = L.GlobalAveragePooling2D()(a)
    tokens = L.Reshape((16, 4))(a)
    other = L.Reshape((16, 4))(L.Conv2D(4, 1)(x))
    values = [
        L.Flatten()(L.Multiply()([a, L.Reshape((1, 1, 4))(pooled)])),
        L.Flatten()(L.Average()([a, x, x])),
        L.Flatten()(L.Dot(axes=2)([tokens, other])),
        L.Flatten()(L.Dot(axes=(1, 1), normalize=True)([tokens, other])),
        L.Dot(axes=-1, normalize=True)([pooled, L.Dense(4)(pooled)]),
        L.Dot(axes=(2, 1))([tokens, pooled]),
        L.Flatten()(L.Concatenate(axis=1)([a, L.Maximum()([a, x])])),
        L.Flatten()(L.Minimum()([a, x])),
        L.Flatten()(L.RepeatVector(3)(pooled)),
    ]
    if VERSION == 3:
        values.append(L.Flatten()(L.Add()([tokens, pooled])))
    return keras.Model(x, L.Concatenate()(values))


@model()
def squeeze_and_excite():
    x = picture()
    y = L.Conv2D(8, 3, padding="same", use_bias=False)(x)
    y = L.Activation("hard_swish" if VERSION == 3 else "swish")(L.BatchNormalization()(y))
    z = L.GlobalAveragePooling2D(keepdims=True)(y)
    z = L.Conv2D(8, 1, activation="hard_sigmoid")(L.Conv2D(2, 1, activation="relu")(z))
    return keras.Model(x, head(L.Multiply()([y, z])))


@model()
def arithmetic():
    x = picture(4, 4, 4)
    o = ops if ops else tf
    m = ops if ops else tf.math
    y = 1 - x
    y = (y * 0.5 + x / 3 - np.float32(0.25)) * np.array([1, 2, 3, 4], "float32")
    y = m.maximum(m.minimum(y, 0.9), -y) ** 2
    y = m.sqrt(m.abs(y) + 0.1) + m.exp(-y) + m.log(y + 1.5)
    y = m.sigmoid(y) * m.tanh(x) + m.rsqrt(y + 2)
    axis = {"axis": -1, "keepdims": True}
    mean, most, total = (
        (ops.mean(y, **axis), ops.max(y, axis=[1, 2], keepdims=True), ops.sum(y, axis=3))
        if ops
        else (tf.reduce_mean(y, **axis), tf.reduce_max(y, axis=[1, 2], keepdims=True), tf.reduce_sum(y, axis=3))
    )
    y = y - mean + most
    y = y + o.expand_dims(total, -1) + o.squeeze(o.expand_dims(x, 1), 1)
    y = o.transpose(o.reshape(y, (-1, 16, 4)), (0, 2, 1) if ops else [0, 2, 1])
    a, b = o.split(y, 2, axis=1)
    y = ops.concatenate([b, a], axis=1) if ops else tf.concat([b, a], axis=1)
    y = o.matmul(y, o.transpose(y, (0, 2, 1))) * 0.25
    y = o.roll(y, 1, 2) if ops else tf.roll(y, 1, 2)
    y = o.stack([y, ops.flip(y, 1) if ops else tf.reverse(y, [1])], axis=2)
    y = ops.softmax(y) if ops else tf.nn.softmax(y)
    return keras.Model(x, y)


@model()
def indexed():
    x = picture(6, 6, 4)
    parts = [x[:, 1:4, :3], x[:, ::-2, -3:], x[:, 2:5, 0:6:2]]
    if VERSION == 3:
        parts.append(x[:, :3, None, 2])
    y = L.Concatenate(axis=2)([parts[0], parts[1], parts[2]] + [L.Activation("tanh")(p) for p in parts[3:]])
    return keras.Model(x, L.Concatenate()([L.Flatten()(y), x[:, 3, -1], L.Flatten()(x[:, 0])]))


@model(3)
def functions_of_keras_3():
    x = picture(4, 4, 4)
    values = [
        ops.repeat(x, 2, axis=1)[:, :4],
        ops.tile(x, (1, 2, 1, 1))[:, 2:6],
        ops.swapaxes(x, 1, 2),
        ops.moveaxis(x, 3, 1),
        ops.normalize(x, axis=-1),
        ops.logsumexp(x, axis=-1, keepdims=True) * ops.ones_like(x),
        ops.std(x, axis=3, keepdims=True) + ops.var(x, axis=(1, 2), keepdims=True) + ops.zeros_like(x),
        ops.reshape(ops.einsum("bnc,bmc->bnm", ops.reshape(x, (-1, 16, 4)), ops.reshape(x, (-1, 16, 4))), (-1, 4, 4, 16)),
        ops.reshape(ops.einsum("bhwc,bhvd->bcwdv", x, x), (-1, 4, 4, 16)),
        ops.average_pool(x, 3, 1, padding="same"),
        ops.max_pool(x, 2, 1, padding="same"),
        ops.log_softmax(x, axis=1),
        ops.square(x) + ops.log1p(ops.relu(x)) + ops.erf(x) + ops.reciprocal(x + 2) + ops.expm1(x),
        ops.clip(x, -0.5, 0.5),
        ops.where(np.array([True, False, True, False]), x, ops.negative(x)),
    ]
    return keras.Model(x, L.Concatenate()(values))


# Models as they are published.


@model()
def dense_block():
    x = y = picture()
    for _ in range(3):
        z = L.Activation("relu")(L.BatchNormalization()(y))
        y = L.Concatenate()([y, L.Conv2D(2, 3, padding="same", use_bias=False)(z)])
    return keras.Model(x, head(L.AveragePooling2D(2)(L.Conv2D(4, 1)(y))))


@model()
def inception_block():
    x = picture()
    values = [
        L.Conv2D(2, 1, activation="relu")(x),
        L.Conv2D(3, (1, 3), padding="same")(L.Conv2D(2, (3, 1), padding="same", activation="relu")(x)),
        L.Conv2D(2, 1)(L.AveragePooling2D(3, 1, padding="same")(x)),
        L.SeparableConv2D(2, 3, padding="same", activation="elu")(x),
        L.MaxPooling2D(3, 1, padding="same")(x),
    ]
    return keras.Model(x, head(L.Concatenate()(values)))


@model()
def residual():
    x = picture()
    y = L.Conv2D(4, 3, padding="same", activation="relu", name="first")(x)
    for index in range(2):
        z = L.Conv2D(4, 3, padding="same", activation="relu")(y)
        y = L.Add()([y, L.Conv2D(4, 3, padding="same")(z)])
        y = L.Activation("relu", name=f"out_{index}")(y)
    return keras.Model(x, L.Dense(3, activation="softmax")(L.GlobalAveragePooling2D()(y)))


@model()
def conv_mixer():
    x = picture()
    y = L.BatchNormalization()(L.Activation("gelu")(L.Conv2D(4, 2, strides=2)(L.Rescaling(2)(x))))
    z = L.BatchNormalization()(L.Activation("gelu")(L.DepthwiseConv2D(3, padding="same")(y)))
    return keras.Model(x, head(L.Conv2D(4, 1, activation="gelu")(L.Add()([z, y]))))


@model()
def steps_of_pictures():
    x = keras.Input((3, 6, 6, 3))
    y = L.TimeDistributed(L.Conv2D(4, 3, activation="relu"))(x)
    y = L.TimeDistributed(keras.Sequential([L.MaxPooling2D(), L.Conv2D(2, 2)]))(y)
    y = L.TimeDistributed(L.Dense(3))(L.TimeDistributed(L.Flatten())(y))
    return keras.Model(x, L.GlobalAveragePooling1D()(y))


# Sequences.


@model()
def long_short_term_memory():
    x = keras.Input((7, 5))
    y = L.LSTM(4, return_sequences=True)(x)
    y = L.LSTM(3, return_sequences=True, go_backwards=True, use_bias=False)(y)
    y = L.Dropout(0.2)(y)
    y, state, cell = L.LSTM(4, return_state=True, activation="relu", recurrent_activation="hard_sigmoid", dropout=0.2)(y)
    z = L.LSTM(3, unroll=True, go_backwards=True)(x)
    return keras.Model(x, L.Concatenate()([y, state, cell, z]))


@model()
def gated_units():
    x = keras.Input((7, 5))
    y = L.GRU(4, return_sequences=True)(x)
    y, state = L.GRU(3, return_sequences=True, return_state=True, reset_after=False, recurrent_activation="hard_sigmoid")(y)
    y = L.GRU(3, go_backwards=True, return_sequences=True, reset_after=False, use_bias=False)(y)
    z = L.GRU(2, activation="softsign", use_bias=False)(y)
    return keras.Model(x, L.Concatenate()([L.Flatten()(y), z, state]))


@model()
def simple_recurrence():
    x = keras.Input((7, 5))
    y = L.SimpleRNN(4, return_sequences=True, activation="relu")(x)
    y, state = L.SimpleRNN(3, return_state=True)(y)
    return keras.Model(x, L.Concatenate()([y, state, L.SimpleRNN(2, use_bias=False)(x)]))


@model()
def both_directions():
    x = keras.Input((6, 4))
    y = L.Bidirectional(L.LSTM(3, return_sequences=True))(x)
    y = L.Bidirectional(L.GRU(3, return_sequences=True), merge_mode="sum")(y)
    y = L.Bidirectional(L.SimpleRNN(3, return_sequences=True), merge_mode="mul")(y)
    first, second = (L.GRU(3, return_sequences=True, go_backwards=turned) for turned in (True, False))
    y = L.Bidirectional(first, backward_layer=second, merge_mode="ave")(y)
    a, b = L.Bidirectional(L.LSTM(2), merge_mode=None)(y)
    z, *states = L.Bidirectional(L.LSTM(2, return_state=True))(y)
    other = L.GRU(3, go_backwards=True, return_sequences=True)
    c = L.Bidirectional(L.LSTM(3, return_sequences=True), backward_layer=other)(y)
    return keras.Model(x, L.Concatenate()([a, b, z, *states, L.Flatten()(c), L.Bidirectional(L.GRU(2))(x)]))


@model()
def sequence_to_sequence():
    """The decoder begins with the encoder's states."""
    x = keras.Input((6, 4))
    _, state, cell = L.LSTM(3, return_state=True)(x)
    y = L.LSTM(3, return_sequences=True)(L.RepeatVector(4)(state), initial_state=[state, cell])
    _, *states = L.Bidirectional(L.GRU(3, return_state=True))(x)
    y = L.Bidirectional(L.GRU(3, return_sequences=True))(y, initial_state=states)
    y = L.GRU(3, return_sequences=True)(y, initial_state=state)
    return keras.Model(x, L.TimeDistributed(L.Dense(2, activation="softmax"))(y))


@model()
def cells():
    x = keras.Input((6, 4))
    y = L.RNN([L.LSTMCell(3), L.GRUCell(2), L.LSTMCell(2)], return_sequences=True)(x)
    y = L.RNN(L.SimpleRNNCell(3), return_sequences=True, go_backwards=True)(y)
    y = L.Bidirectional(L.RNN(L.GRUCell(2, reset_after=False), return_sequences=True))(y)
    return keras.Model(x, L.RNN(L.StackedRNNCells([L.SimpleRNNCell(3), L.LSTMCell(2)]), go_backwards=True)(y))


@model()
def steps_of_sequences():
    """Recurrent layers over parts, and within a nested model."""
    x = keras.Input((3, 4, 5))
    y = L.TimeDistributed(L.LSTM(3, return_sequences=True))(x)
    y = L.TimeDistributed(L.Bidirectional(L.GRU(2)))(y)
    inner = keras.Sequential([keras.Input((3, 4)), L.Bidirectional(L.LSTM(2, return_sequences=True)), L.GRU(3)])
    return keras.Model(x, inner(L.Activation("tanh")(y)))


@model()
def captions():
    """A network of pictures before one of sequences."""
    x = picture()
    y = L.MaxPooling2D()(L.Conv2D(4, 3, padding="same", activation="relu")(x))
    y = L.Reshape((4, 16))(L.Permute((2, 1, 3))(y))
    y = L.Dense(6, activation="relu")(y)
    y = L.Bidirectional(L.LSTM(4, return_sequences=True, dropout=0.25))(y)
    return keras.Model(x, L.Dense(5, activation="softmax")(y))


@model()
def video():
    x = keras.Input((3, 6, 6, 3))
    y = L.TimeDistributed(keras.Sequential([L.Conv2D(4, 3, activation="relu"), L.GlobalAveragePooling2D()]))(x)
    return keras.Model(x, L.Dense(3, activation="softmax")(L.GRU(4)(L.GRU(5, return_sequences=True)(y))))


@model()
def recurrent_maps():
    x = keras.Input((3, 6, 5, 2))
    y = L.ConvLSTM2D(3, 3, padding="same", return_sequences=True)(x)
    y = L.BatchNormalization()(y)
    y, state, cell = L.ConvLSTM2D(
        2, (3, 2), strides=(2, 1), return_sequences=True, return_state=True, go_backwards=True, activation="relu")(y)
    y = L.ConvLSTM2D(2, 2, padding="same", use_bias=False)(y, initial_state=[state, cell])
    z = L.ConvLSTM1D(3, 3, dilation_rate=2, recurrent_activation="hard_sigmoid")(L.Reshape((3, 6, 10))(x))
    w = L.ConvLSTM3D(2, 2, padding="same")(L.Reshape((3, 3, 2, 5, 2))(x))
    return keras.Model(x, L.Concatenate()([L.Flatten()(v) for v in (y, z, w, cell)]))


@model()
def embedded_tokens():
    """Tokens are the integers below what the input holds: no gradient goes through them."""
    x = keras.Input((6,))
    y = L.LSTM(4)(L.Embedding(9, 5)(x * 4 + 4))
    return keras.Model(x, L.Dense(3)(L.Concatenate()([x, y])))


@model()
def layers_of_applications():
    """ConvNeXt's and Inception-ResNet's own layers."""
    x = picture()
    y = L.Conv2D(4, 3, padding="same")(x)
    name = "keras.src.applications" if VERSION == 3 else "tf_keras.src.applications"
    convnext = importlib.import_module(f"{name}.convnext")
    inception = importlib.import_module(f"{name}.inception_resnet_v2")
    z = convnext.LayerScale(0.5, 4)(L.Conv2D(4, 1)(convnext.LayerScale(0.5, 4)(y)))
    return keras.Model(x, inception.CustomScaleLayer(0.3)([y, z]))


@model()
def other_global_axes():
    """Averages over the channels of a sequence, as keras.io's classification of time series has them."""
    x = keras.Input((7, 4))
    y = L.Conv1D(5, 3, activation="relu")(x)
    other = {"data_format": "channels_first"}
    return keras.Model(x, L.Concatenate()([L.GlobalAveragePooling1D(**other)(y), L.GlobalMaxPooling1D(**other)(y)]))


# Volumes.


@model()
def volumes():
    x = keras.Input((8, 8, 6, 2))
    y = L.Conv3D(4, 3, padding="same", activation="relu", strides=(1, 2, 1))(x)
    y = L.BatchNormalization()(y)
    y = L.MaxPooling3D((2, 1, 2))(L.ZeroPadding3D(((0, 1), (1, 0), (0, 0)))(y))
    y = L.Conv3D(4, (1, 3, 2), dilation_rate=(2, 1, 1), groups=2, use_bias=False)(y)
    y = L.SpatialDropout3D(0.2)(L.LayerNormalization()(y))
    z = L.AveragePooling3D(2, strides=1, padding="same")(y)
    return keras.Model(x, L.Concatenate()([L.GlobalAveragePooling3D()(z), L.GlobalMaxPooling3D()(y), L.Flatten()(z)]))


@model()
def larger_volumes():
    x = keras.Input((4, 5, 4, 3))
    y = L.Conv3DTranspose(3, 3, strides=2, padding="same", activation="elu")(x)
    z = L.UpSampling3D((2, 2, 2))(L.Conv3D(3, 1)(x))
    y = L.Cropping3D((1, (0, 2), 0))(L.Add()([y, z]))
    y = L.Conv3DTranspose(2, (2, 3, 1), strides=(1, 2, 1), use_bias=False)(y)
    return keras.Model(x, L.MaxPooling3D(3, strides=2, padding="same")(L.PReLU(shared_axes=[1, 2, 3])(y)))


@model()
def volume_classifier():
    """As keras.io's classification of CT scans."""
    x = keras.Input((16, 16, 8, 1))
    y = x
    for filters in (4, 6):
        y = L.BatchNormalization()(L.MaxPool3D(2)(L.Conv3D(filters, 3, activation="relu", padding="same")(y)))
    y = L.Dropout(0.3)(L.Dense(8, activation="relu")(L.GlobalAveragePooling3D()(y)))
    return keras.Model(x, L.Dense(1, activation="sigmoid")(y))


@model()
def volume_unet():
    x = keras.Input((4, 8, 8, 1))
    down = L.Conv3D(3, 3, padding="same", activation="relu")(x)
    y = L.Conv3D(4, 3, padding="same", activation="relu")(L.MaxPooling3D((1, 2, 2))(down))
    y = L.Conv3DTranspose(3, 2, strides=(1, 2, 2), padding="same")(y)
    y = L.GroupNormalization(3)(L.Concatenate()([y, down])) if VERSION == 3 else L.Concatenate()([y, down])
    return keras.Model(x, L.Conv3D(2, 1, activation="softmax")(y))


@model(3)
def adaptive_pooling():
    x = picture(7, 8)
    y = L.AdaptiveAveragePooling2D((3, 4))(x)
    return keras.Model(x, L.Concatenate()([y, L.AdaptiveMaxPooling2D((3, 4))(x)]))


def numbers(shape, factor):
    """Numbers from -1 to 1 that the tests make as well."""
    places = np.arange(np.prod(shape), dtype="int64")
    return ((places * factor % 2003).astype("float32") / np.float32(1001) - np.float32(1)).reshape(shape)


def randomize(model, generator):
    """Weights unlike those that layers begin with, so that each of them counts."""
    for weight in model.weights:
        shape = tuple(weight.shape)
        name = weight.name
        if "seed" in name or "count" in name or "generator" in name:
            continue
        low, high = (0.5, 2) if "variance" in name else (-0.6, 0.6)
        weight.assign(generator.uniform(low, high, shape).astype("float32"))


def result(model, x):
    """What a model computes, and the gradient."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x, training=False)
        total = tf.reduce_sum(y * numbers(tuple(y.shape), 6271))
    return y, tape.gradient(total, x)


def save(make, target, folder):
    """Saves a model and gives the names of its files."""
    generator = np.random.default_rng(7)
    keras.backend.clear_session()
    made = make()
    randomize(made, generator)
    x = tf.constant(numbers((2, *made.inputs[0].shape[1:]), 7919))
    try:
        y, gradient = result(made, x)
    except tf.errors.InvalidArgumentError:
        # Some builds of TensorFlow dilate transposed convolutions only where they are compiled.
        y, gradient = tf.function(lambda x: result(made, x), jit_compile=True)(x)
    name = f"{make.__name__}-keras{VERSION}"
    group = target.create_group(name)
    group["output"] = y.numpy()
    group["gradient"] = gradient.numpy()
    for ending in ("keras", "h5"):
        path = folder / f"{make.__name__}.{ending}"
        try:
            made.save(path)
        except (TypeError, NotImplementedError) as error:
            print(f"{make.__name__}: Keras {VERSION} writes no {ending}: {error}")
            continue
        data = np.frombuffer(path.read_bytes(), "uint8")
        group.create_dataset(
            ending, data=data, chunks=data.shape, compression="gzip", compression_opts=9)
        yield f"{name}.{ending}"


if __name__ == "__main__":
    if not VERSION:
        TARGET.unlink(missing_ok=True)
        with h5py.File(TARGET, "w", libver="latest") as target:
            target["drawn"] = np.random.default_rng(7).uniform(-1, 1, (1, 32, 32, 3)).astype("float32")
        for version in (2, 3):
            subprocess.run([sys.executable, __file__, str(version)], check=True)
        sys.exit()
    with h5py.File(TARGET, "a", libver="latest") as target, tempfile.TemporaryDirectory() as folder:
        names = [name for make in MODELS for name in save(make, target, Path(folder))]
        target.attrs["models"] = [*target.attrs.get("models", []), *names]
