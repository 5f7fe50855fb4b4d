"""How the modules of transformer.py are written as ONNX nodes: a function for each, which export.py's writer calls."""

import numpy as np
from torch import nn

from transformer import MLP, Attention, Block, ClassToken, FirstToken, PatchEmbedding


def patch_embedding(writer, name, module, x):
    """A strided convolution, and its map as rows of tokens; the scaling of colours is folded into it."""
    weight, bias = module.projection.weight, module.projection.bias
    inputs = [x, writer.weight(name + "/weight", 4 * weight),
              writer.weight(name + "/bias", bias - 2 * weight.sum((1, 2, 3)))]
    sides = list(module.projection.kernel_size)
    patches = writer.node("Conv", name + "/map", inputs, kernel_shape=sides, strides=sides)
    rows = reshape(writer, name + "/rows", patches, [0, 0, -1])
    return writer.node("Transpose", name, [rows], perm=[0, 2, 1])


def class_token(writer, name, module, x):
    """The patches with their positions, and before them the same token in every picture."""
    width = module.positions.shape[1]
    placed = writer.node("Add", name + "/placed", [x, writer.weight(name + "/positions", module.positions[1:])])
    pictures = writer.node("Shape", name + "/pictures", [x], start=0, end=1)
    shape = writer.node("Concat", name + "/shape", [pictures, writer.integers(name + "/extents", [1, width])], axis=0)
    token = writer.weight(name + "/class_token", module.positions[:1])
    return writer.node("Concat", name, [writer.node("Expand", name + "/first", [token, shape]), placed], axis=1)


def block(writer, name, module, x):
    attended = writer.add(name + "/attention", module.attention, writer.add(name + "/norm1", module.norm1, x))
    x = writer.node("Add", name + "/attended", [x, attended])
    changed = writer.add(name + "/mlp", module.mlp, writer.add(name + "/norm2", module.norm2, x))
    return writer.node("Add", name, [x, changed])


def attention(writer, name, module, x):
    """The layers have the names that an Attention node's have; the scale is folded into the query."""
    weights, biases = module.projections.weight.chunk(3), module.projections.bias.chunk(3)
    scale = (len(weights[0]) // module.heads) ** -0.5

    def split(role, index, factor, order):
        projected = dense(writer, f"{name}/{role}", factor * weights[index], factor * biases[index], x)
        heads = reshape(writer, f"{name}/{role}/split", projected, [0, 0, module.heads, -1])
        return writer.node("Transpose", f"{name}/{role}/heads", [heads], perm=order)

    query, key = split("query", 0, scale, [0, 2, 1, 3]), split("key", 1, 1, [0, 2, 3, 1])
    value = split("value", 2, 1, [0, 2, 1, 3])
    scores = writer.node("MatMul", name + "/scores", [query, key])
    probabilities = writer.node("Softmax", name + "/probabilities", [scores], axis=-1)
    heads = writer.node("MatMul", name + "/heads", [probabilities, value])
    tokens = writer.node("Transpose", name + "/tokens", [heads], perm=[0, 2, 1, 3])
    joined = reshape(writer, name + "/joined", tokens, [0, 0, -1])
    return dense(writer, name, module.output.weight, module.output.bias, joined)


def layer_norm(writer, name, module, x):
    inputs = [x, writer.weight(name + "/scale", module.weight), writer.weight(name + "/bias", module.bias)]
    return writer.node("LayerNormalization", name, inputs, axis=-1, epsilon=module.eps)


def mlp(writer, name, module, x):
    hidden = dense(writer, name + "/fc1", module.fc1.weight, module.fc1.bias, x)
    hidden = writer.node("Gelu", name + "/activation", [hidden])
    return dense(writer, name + "/fc2", module.fc2.weight, module.fc2.bias, hidden)


def first_token(writer, name, module, x):
    return writer.node("Gather", name, [x, writer.integers(name + "/index", np.int64(0))], axis=1)


def dense(writer, name, weight, bias, x):
    """A dense layer of tokens, [N, tokens, C]."""
    product = writer.node("MatMul", name + "/product", [x, writer.weight(name + "/weight", weight.t())])
    return writer.node("Add", name, [product, writer.weight(name + "/bias", bias)])


def reshape(writer, name, x, shape):
    return writer.node("Reshape", name, [x, writer.integers(name + "/shape", shape)])


RULES = {
    PatchEmbedding: patch_embedding, ClassToken: class_token, Block: block, Attention: attention, MLP: mlp,
    FirstToken: first_token, nn.LayerNorm: layer_norm,
}
