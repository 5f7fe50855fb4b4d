"""A torchvision network as a list of layers that another framework can build without torch."""

import operator

import torch
from torch import fx, nn


def pair(value):
    return list(value) if isinstance(value, (tuple, list)) else [value, value]


def module_layer(name, module):
    """The layer of a module, or None for one that passes its input on."""
    match module:
        case nn.Conv2d():
            assert pair(module.dilation) == [1, 1]
            return {
                "kind": "convolution",
                "weights": name,
                "kernel": pair(module.kernel_size),
                "stride": pair(module.stride),
                "padding": pair(module.padding),
                "groups": module.groups,
                "filters": module.out_channels,
                "bias": module.bias is not None,
            }
        case nn.BatchNorm2d():
            return {"kind": "batch normalization", "weights": name, "epsilon": module.eps}
        case nn.ReLU():
            return {"kind": "relu"}
        case nn.ReLU6():
            return {"kind": "relu6"}
        case nn.MaxPool2d():
            return {
                "kind": "maximum pooling",
                "kernel": pair(module.kernel_size),
                "stride": pair(module.stride),
                "padding": pair(module.padding),
                "ceiling": module.ceil_mode,
            }
        case nn.AdaptiveAvgPool2d():
            return {"kind": "average pooling", "size": pair(module.output_size)}
        case nn.Linear():
            return {"kind": "dense", "weights": name, "units": module.out_features}
        case nn.Dropout():
            return None
    raise NotImplementedError(f"{name}: {module}")


def function_layer(node):
    match node.target:
        case operator.iadd | operator.add | torch.add:
            return {"kind": "addition"}
        case torch.cat:
            return {"kind": "concatenation"}
        case torch.flatten:
            return {"kind": "flattening"}
        case nn.functional.relu:
            return {"kind": "relu"}
        case nn.functional.adaptive_avg_pool2d:
            return {"kind": "average pooling", "size": pair(node.args[1])}
    raise NotImplementedError(str(node.target))


def layer_list(model):
    """The layers in order, each with its name and the names of its inputs; the last one is the output."""
    graph = fx.symbolic_trace(model.eval())
    modules = dict(graph.named_modules())
    layers, passed_on = [], {}
    for node in graph.graph.nodes:
        if node.op in ("placeholder", "output"):
            continue
        inputs = [passed_on.get(i.name, i.name) for i in node.all_input_nodes]
        layer = module_layer(node.target, modules[node.target]) if node.op == "call_module" else function_layer(node)
        if layer is None:
            passed_on[node.name] = inputs[0]
        else:
            layers.append({"name": node.name, "inputs": inputs, **layer})
    return layers
