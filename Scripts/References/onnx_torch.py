"""A small executor that runs an ONNX network in PyTorch, and the preprocessing of its sidecar.

Check it against stored activations and gradients (inputs are [N, H, W, C], as the network sees them):

    python onnx_torch.py NETWORK.onnx REFERENCE.safetensors [--double]

Operator meanings come from the ONNX operator specification; the sidecar `<network>.json` (channelOrder, valueRange,
mean, standardDeviation) says that the network sees (picture scaled to valueRange - mean) / standardDeviation, with mean
and standardDeviation given in channelOrder. Only the operators of plain image classifiers are known: an unknown one,
or a form of a known one that is not handled, is an error.
"""
import argparse
import json
from pathlib import Path

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper


class OnnxNetwork:
    """Constants are tensors without gradients; `run` evaluates nodes in file order up to the outputs asked for."""

    def __init__(self, path, dtype=torch.float32):
        model = onnx.load(str(path))
        self.constants = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in model.graph.initializer}
        for name, value in self.constants.items():
            if value.is_floating_point():
                self.constants[name] = value.to(dtype)
        self.input = next(i.name for i in model.graph.input if i.name not in self.constants)
        self.nodes = [(n, {a.name: onnx.helper.get_attribute_value(a) for a in n.attribute}) for n in model.graph.node]
        known = {output for node, _ in self.nodes for output in node.output}
        self.layers = {node.name: node.output[0] for node, _ in self.nodes} | {name: name for name in known}
        sidecar = Path(path).with_suffix(".json")
        self.sidecar = json.loads(sidecar.read_text()) if sidecar.exists() else None

    def run(self, x, layers):
        """The outputs of `layers` (node or tensor names) for a channels-first batch `x` as the network sees it."""
        wanted = [self.layers[layer] for layer in layers]
        values = dict(self.constants)
        values[self.input] = x
        for node, attributes in self.nodes:
            inputs = [values[name] if name else None for name in node.input]
            values[node.output[0]] = OPERATORS[node.op_type](inputs, attributes)
            if all(name in values for name in wanted):
                break
        return [values[name] for name in wanted]

    def see(self, picture):
        """What the network sees of an RGB `picture` [N, 3, H, W] with values 0...1."""
        side = self.sidecar
        low, high = side["valueRange"]
        if side["channelOrder"] == "BGR":
            picture = picture.flip(1)
        elif side["channelOrder"] != "RGB":
            raise ValueError(f"channelOrder {side['channelOrder']} is not handled")
        mean, deviation = (picture.new_tensor(side[key]).view(1, -1, 1, 1) for key in ("mean", "standardDeviation"))
        return (picture * (high - low) + low - mean) / deviation

    def picture(self, seen):
        """The inverse of `see`."""
        side = self.sidecar
        low, high = side["valueRange"]
        mean, deviation = (seen.new_tensor(side[key]).view(1, -1, 1, 1) for key in ("mean", "standardDeviation"))
        picture = (seen * deviation + mean - low) / (high - low)
        return picture.flip(1) if side["channelOrder"] == "BGR" else picture


def window(attributes):
    if attributes.get("auto_pad", b"NOTSET") not in (b"NOTSET", b"VALID"):
        raise ValueError(f"auto_pad {attributes['auto_pad']} is not handled")
    top, left, bottom, right = attributes.get("pads", [0, 0, 0, 0])
    return (top, left, bottom, right), attributes.get("strides", [1, 1]), attributes.get("dilations", [1, 1])


def convolution(inputs, attributes):
    (top, left, bottom, right), strides, dilations = window(attributes)
    x, weight, bias = (inputs + [None])[:3]
    if (top, left) != (bottom, right):
        x, top, left = F.pad(x, (left, right, top, bottom)), 0, 0
    return F.conv2d(x, weight, bias, strides, (top, left), dilations, attributes.get("group", 1))


def max_pool(inputs, attributes):
    # ONNX: with ceil_mode the last window is dropped where it would start in the padding after the end; so does torch.
    (top, left, bottom, right), strides, dilations = window(attributes)
    x, kernel = inputs[0], attributes["kernel_shape"]
    if (top, left) != (bottom, right) or 2 * top > kernel[0] or 2 * left > kernel[1]:
        x, top, left = F.pad(x, (left, right, top, bottom), value=-torch.inf), 0, 0
    return F.max_pool2d(x, kernel, strides, (top, left), dilations, bool(attributes.get("ceil_mode", 0)))


def average_pool(inputs, attributes):
    (top, left, bottom, right), strides, dilations = window(attributes)
    if (top, left) != (bottom, right) or dilations != [1, 1]:
        raise ValueError("uneven padding and dilation of AveragePool are not handled")
    return F.avg_pool2d(inputs[0], attributes["kernel_shape"], strides, (top, left),
                        bool(attributes.get("ceil_mode", 0)), bool(attributes.get("count_include_pad", 0)))


def local_response_normalization(inputs, attributes):
    x, size = inputs[0], attributes["size"]
    before = (size - 1) // 2
    squares = F.pad(x * x, (0, 0, 0, 0, before, size - 1 - before))
    total = sum(squares[:, i:i + x.shape[1]] for i in range(size))
    alpha, beta, bias = attributes.get("alpha", 1e-4), attributes.get("beta", 0.75), attributes.get("bias", 1.0)
    return x / (bias + alpha / size * total) ** beta


def gemm(inputs, attributes):
    a, b = inputs[0], inputs[1]
    a = a.T if attributes.get("transA", 0) else a
    b = b.T if attributes.get("transB", 0) else b
    product = attributes.get("alpha", 1.0) * (a @ b)
    return product + attributes.get("beta", 1.0) * inputs[2] if len(inputs) > 2 else product


def batch_normalization(inputs, attributes):
    x, scale, bias, mean, variance = inputs
    return F.batch_norm(x, mean, variance, scale, bias, False, 0.0, attributes.get("epsilon", 1e-5))


OPERATORS = {
    "Conv": convolution,
    "Relu": lambda i, a: F.relu(i[0]),
    "MaxPool": max_pool,
    "AveragePool": average_pool,
    "GlobalAveragePool": lambda i, a: i[0].mean((2, 3), keepdim=True),
    "LRN": local_response_normalization,
    "BatchNormalization": batch_normalization,
    "Concat": lambda i, a: torch.cat(i, a["axis"]),
    "Flatten": lambda i, a: i[0].reshape(i[0].shape[:a.get("axis", 1)].numel(), -1),
    "Gemm": gemm,
    "Add": lambda i, a: i[0] + i[1],
    "Softmax": lambda i, a: F.softmax(i[0], a.get("axis", -1)),
    "Dropout": lambda i, a: i[0],
}


def verify(network_path, reference_path, dtype):
    from safetensors.torch import load_file
    network, reference = OnnxNetwork(network_path, dtype), load_file(str(reference_path))
    x = reference["input"].to(dtype).permute(0, 3, 1, 2)
    for name in sorted(reference):
        kind, _, rest = name.partition(".")
        stored = reference[name].to(dtype)
        if kind == "activation":
            value = network.run(x, [rest])[0]
            value = value.permute(0, 2, 3, 1) if value.ndim == 4 else value
            print(f"{name}: error {(value - stored).abs().max() / stored.abs().max():.1e} of the largest magnitude")
        elif name.startswith("gradient.plain."):
            layer, _, unit = rest.removeprefix("plain.").rpartition(".")
            leaf = x.clone().requires_grad_()
            output = network.run(leaf, [layer])[0]
            values = output.reshape(*output.shape[:2], -1).mean(2)[:, int(unit)]  # mean over positions
            gradient, = torch.autograd.grad(values.sum(), leaf)
            error = (gradient.permute(0, 2, 3, 1) - stored).norm() / stored.norm()
            print(f"{name}: relative L2 error {error:.1e}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="check the executor against stored activations and gradients")
    parser.add_argument("network")
    parser.add_argument("reference")
    parser.add_argument("--double", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    verify(arguments.network, arguments.reference, torch.float64 if arguments.double else torch.float32)
