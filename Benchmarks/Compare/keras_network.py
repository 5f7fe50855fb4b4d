"""The prepared layers as a Keras model, channels last, with the prepared weights."""

import json

import keras
from safetensors.numpy import load_file


def padding(layer, size):
    """Zeros before and after along each axis: as few as the windows that torch counts reach."""
    pads = []
    for length, kernel, stride, pad in zip(size, layer["kernel"], layer["stride"], layer["padding"]):
        span = length + 2 * pad - kernel
        windows = (-(-span // stride) if layer.get("ceiling") else span // stride) + 1
        pads.append((pad, max(0, (windows - 1) * stride + kernel - length - pad)))
    return pads


def same(layer, size, pads):
    """Whether TensorFlow's own padding, the larger half after, is this one."""
    for length, kernel, stride, given in zip(size, layer["kernel"], layer["stride"], pads):
        total = max(0, (-(-length // stride) - 1) * stride + kernel - length)
        if given != (total // 2, total - total // 2):
            return False
    return True


def padded(layer, x):
    """The input and the mode of padding. A pool may see zeros, too: the networks' pools come after a ReLU."""
    size = x.shape[1:3]
    pads = padding(layer, size)
    if pads == [(0, 0), (0, 0)]:
        return x, "valid"
    if same(layer, size, pads):
        return x, "same"
    return keras.layers.ZeroPadding2D(pads)(x), "valid"


def convolution(layer, x, weights):
    x, mode = padded(layer, x)
    common = dict(strides=layer["stride"], padding=mode, use_bias=layer["bias"], name=layer["name"])
    kernel = weights[f"{layer['weights']}.weight"].transpose(2, 3, 1, 0)
    if layer["groups"] > 1:
        operation = keras.layers.DepthwiseConv2D(layer["kernel"], **common)
        kernel = kernel.transpose(0, 1, 3, 2)
    else:
        operation = keras.layers.Conv2D(layer["filters"], layer["kernel"], **common)
    y = operation(x)
    operation.set_weights([kernel] + ([weights[f"{layer['weights']}.bias"]] if layer["bias"] else []))
    return y


def normalization(layer, x, weights):
    operation = keras.layers.BatchNormalization(epsilon=layer["epsilon"], name=layer["name"])
    y = operation(x)
    kinds = ("weight", "bias", "running_mean", "running_var")
    operation.set_weights([weights[f"{layer['weights']}.{kind}"] for kind in kinds])
    return y


def dense(layer, x, weights, map_shape):
    operation = keras.layers.Dense(layer["units"], name=layer["name"])
    y = operation(x)
    kernel = weights[f"{layer['weights']}.weight"]
    if map_shape is not None:  # torch flattens channels first
        height, width, channels = map_shape
        kernel = kernel.reshape(-1, channels, height, width).transpose(0, 2, 3, 1).reshape(len(kernel), -1)
    operation.set_weights([kernel.T, weights[f"{layer['weights']}.bias"]])
    return y


def pooled(layer, x):
    if tuple(layer["size"]) == tuple(x.shape[1:3]):
        return x
    assert layer["size"] == [1, 1]
    return keras.layers.GlobalAveragePooling2D(keepdims=True)(x)


def network(folder, side, mean=None, deviation=None):
    """With a mean and a deviation, the model takes pixels of 0...255."""
    layers = json.loads((folder / "layers.json").read_text())
    weights = load_file(folder / "weights.safetensors")
    x = picture = keras.Input((side, side, 3))
    if mean is not None:
        variance = [(255 * value) ** 2 for value in deviation]
        x = keras.layers.Normalization(mean=[255 * value for value in mean], variance=variance)(picture)
    values = {"x": x}
    flattened = {}
    for layer in layers:
        inputs = [values[name] for name in layer["inputs"]]
        match layer["kind"]:
            case "convolution":
                x = convolution(layer, inputs[0], weights)
            case "batch normalization":
                x = normalization(layer, inputs[0], weights)
            case "relu":
                x = keras.layers.ReLU()(inputs[0])
            case "relu6":
                x = keras.layers.ReLU(6)(inputs[0])
            case "maximum pooling":
                source, mode = padded(layer, inputs[0])
                x = keras.layers.MaxPooling2D(layer["kernel"], layer["stride"], mode)(source)
            case "average pooling":
                x = pooled(layer, inputs[0])
            case "flattening":
                x = keras.layers.Flatten()(inputs[0])
                flattened[layer["name"]] = inputs[0].shape[1:]
            case "dense":
                x = dense(layer, inputs[0], weights, flattened.get(layer["inputs"][0]))
            case "addition":
                x = keras.layers.Add()(inputs)
            case "concatenation":
                x = keras.layers.Concatenate()(inputs)
        values[layer["name"]] = x
    return keras.Model(picture, x)
