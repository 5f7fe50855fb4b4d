"""Writes a trained network as ONNX in half precision with its sidecar: python export.py picture-net FOLDER OUTPUT

FOLDER is where train.py put the weights; OUTPUT/<network>.onnx and OUTPUT/<network>.json are written.
Batch-norm is folded into the convolution before it. Weights are stored in half precision and cast to
float32 by the graph itself, so that every ONNX runtime computes in float32.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from drawing.classes import CLASSES
from drawing.scene import SIDE
from export_transformer import RULES
from networks import Convolution, GlobalAverage, Residual
from tasks import TASKS

OPSET, OPSET_OF_GELU = 17, 20


class Writer:
    """Collects the nodes and weights of a graph."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def node(self, kind, name, inputs, **attributes):
        """Adds a node whose one output carries its name."""
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def weight(self, name, values):
        """Adds a tensor in half precision, and the cast that makes it float32."""
        half = values.detach().numpy().astype(np.float16)
        if not np.isfinite(half).all():
            raise ValueError(f"{name}: a weight is beyond half precision")
        self.weights.append(numpy_helper.from_array(half, name + "/half"))
        return self.node("Cast", name, [name + "/half"], to=TensorProto.FLOAT)

    def integers(self, name, values):
        """Adds a tensor of whole numbers, which says shapes and places."""
        self.weights.append(numpy_helper.from_array(np.array(values, np.int64), name))
        return name

    def convolution(self, name, unit, x):
        weight, bias = folded(unit.convolution, unit.norm)
        activation = unit.activation
        convolved = name if activation is None else name + "/convolution"
        inputs = [x, self.weight(name + "/weight", weight), self.weight(name + "/bias", bias)]
        kernel, stride, padding = (unit.convolution.kernel_size, unit.convolution.stride, unit.convolution.padding)
        self.node("Conv", convolved, inputs, kernel_shape=list(kernel), strides=list(stride),
                  pads=list(padding) * 2, group=unit.convolution.groups)
        return convolved if activation is None else self.activation(name, activation, convolved)

    def activation(self, name, activation, x):
        if isinstance(activation, nn.ReLU):
            return self.node("Relu", name, [x])
        return self.node("Mul", name, [x, self.node("Sigmoid", name + "/sigmoid", [x])])

    def add(self, name, module, x):
        """Adds the nodes of a module of networks.py or transformer.py; the last one has the module's name."""
        if type(module) in RULES:
            return RULES[type(module)](self, name, module, x)
        if isinstance(module, nn.Sequential):
            for child, part in module.named_children():
                x = self.add(f"{name}/{child}", part, x)
            return x
        if isinstance(module, Convolution):
            return self.convolution(name, module, x)
        if isinstance(module, Residual):
            first = self.convolution(name + "/first", module.first, x)
            second = self.convolution(name + "/second", module.second, first)
            return self.activation(name, module.activation, self.node("Add", name + "/sum", [x, second]))
        if isinstance(module, GlobalAverage):
            average = self.node("GlobalAveragePool", name + "/positions", [x])
            return self.node("Flatten", name, [average])
        if isinstance(module, nn.Linear):
            inputs = [x, self.weight(name + "/weight", module.weight), self.weight(name + "/bias", module.bias)]
            return self.node("Gemm", name, inputs, transB=1)
        raise TypeError(f"{name}: no rule writes a {type(module).__name__}")


def folded(convolution, norm):
    """Weight and bias of the convolution that does what `norm` after `convolution` does."""
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return convolution.weight * scale.view(-1, 1, 1, 1), norm.bias - norm.running_mean * scale


def model(network, classifies):
    """The ONNX model of a network of networks.py; a classifier ends in `probabilities`."""
    writer = Writer()
    x = "picture"
    for name, module in network.named_children():
        x = writer.add(name, module, x)
    outputs = network[-1].out_features
    if classifies:
        x = writer.node("Softmax", "probabilities", [x], axis=1)
    graph = helper.make_graph(
        writer.nodes, "network",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["N", 3, SIDE, SIDE])],
        [helper.make_tensor_value_info(x, TensorProto.FLOAT, ["N", outputs])],
        writer.weights,
    )
    opset = OPSET_OF_GELU if any(node.op_type == "Gelu" for node in writer.nodes) else OPSET
    result = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8,
                               producer_name="Scripts/Training/export.py")
    onnx.checker.check_model(result, full_check=True)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("network", choices=TASKS)
    parser.add_argument("trained", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    network = TASKS[options.network].build()
    network.load_state_dict(torch.load(options.trained / f"{options.network}.pt", weights_only=True))
    classifies = options.network.startswith("picture")
    sidecar = {"channelOrder": "RGB", "valueRange": [0, 1], "mean": [0, 0, 0], "standardDeviation": [1, 1, 1],
               "labels": list(CLASSES) if classifies else ["apples"]}
    options.output.mkdir(parents=True, exist_ok=True)
    onnx.save(model(network.eval(), classifies), options.output / f"{options.network}.onnx")
    (options.output / f"{options.network}.json").write_text(json.dumps(sidecar, indent=2) + "\n")


if __name__ == "__main__":
    main()
