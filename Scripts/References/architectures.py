"""Makes the fixtures of Tests/NetworkArchitecturesTests: what the originals compute with weights from a hash.

    python architectures.py [NAME ...]

Needs torch, torchvision, efficientnet_lite_pytorch, keras and numpy; the fixtures were made with torch 2.13, torchvision 0.28 and Keras
3.15 on torch (KERAS_BACKEND=torch). Nothing is downloaded: every weight is made from its name, as
Sources/NetworkArchitectures/Weights/RandomWeights.swift does, rounded to float32; the networks run in float64.

A fixture holds the input's shape [N, H, W, C], whose numbers are those of the hash of "input", samples and the L2
norm of the outputs before any softmax, and of the gradient of output 7 with respect to the input.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "torch")
import keras
import numpy as np
import torch
from efficientnet_lite_pytorch import EfficientNet
from efficientnet_lite_pytorch.utils import get_model_params
from torch import nn
from torchvision import models

FOLDER = Path(__file__).parents[2] / "Tests/NetworkArchitecturesTests/Fixtures"
UNIT = 7
SAMPLES = 64


def uniform(name, shape):
    """Numbers in -1...1: SplitMix64 of FNV-1a of the name plus the element's index."""
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = ((value ^ byte) * 0x100000001B3) % 2**64
    with np.errstate(over="ignore"):
        bits = np.uint64(value) + np.arange(int(np.prod(shape)), dtype=np.uint64)
        bits += np.uint64(0x9E3779B97F4A7C15)
        bits = (bits ^ bits >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
        bits = (bits ^ bits >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
        bits ^= bits >> np.uint64(31)
    return ((bits >> np.uint64(40)).astype(np.float64) / 2**23 - 1).reshape(shape)


def weight(name, shape):
    """The weight of a publisher's name and shape."""
    kind = name.replace("/", ".").split(".")[-1]
    offset, scale = 0, 0.1
    if kind in ("running_mean", "moving_mean"):
        pass
    elif kind in ("running_var", "moving_variance"):
        offset, scale = 1, 0.5
    elif kind == "layer_scale":
        offset, scale = 0.5, 0.25
    elif kind == "depthwise_kernel":
        scale = np.sqrt(6 / (shape[0] * shape[1]))
    elif len(shape) >= 2:
        inputs = shape[:-1] if "/kernel" in name else shape[1:]
        scale = np.sqrt(6 / np.prod(inputs))
    elif kind in ("weight", "gamma"):
        offset, scale = 1, 0.25
    return (offset + scale * uniform(name, shape)).astype(np.float32)


class CIFARResNet(nn.Module):
    """He et al. 2015, section 4.2, with shortcuts of option A."""

    class Block(nn.Module):
        def __init__(self, inputs, width, stride):
            super().__init__()
            self.conv1 = nn.Conv2d(inputs, width, 3, stride, 1, bias=False)
            self.bn1 = nn.BatchNorm2d(width)
            self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
            self.bn2 = nn.BatchNorm2d(width)
            self.added = (width - inputs) // 2

        def forward(self, x):
            y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
            if self.added:
                x = nn.functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.added, self.added))
            return torch.relu(x + y)

    def __init__(self, depth):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        inputs = 16
        for stage, width in enumerate((16, 32, 64)):
            blocks = [self.Block(inputs, width, 2 if stage else 1)]
            blocks += [self.Block(width, width, 1) for _ in range(depth - 1)]
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
            inputs = width
        self.linear = nn.Linear(64, 10)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.linear(x.mean((2, 3)))


def lite(name):
    """EfficientNet-Lite, its paddings computed for the input's own size."""
    blocks, parameters = get_model_params(name, None)
    return EfficientNet(blocks, parameters._replace(image_size=None))


PLAIN = dict(weights=None)
INCEPTION = dict(weights=None, aux_logits=False, transform_input=False, init_weights=False)
KERAS = dict(weights=None, classifier_activation=None)
# The side of the input and the network. Those without a pooling that adapts take the size they were made for;
# two take 96, since at 64 PyTorch's own gradient in float32 is off by 9e-3 and 2e-2: kinks of ReLU, maximum and
# hard swish lie within its rounding.
ARCHITECTURES = {
    "alexnet": (224, lambda: models.alexnet(**PLAIN)),
    **{
        name: (224, lambda make=getattr(models, name.replace("-", "_")): make(**PLAIN))
        for name in "vgg11 vgg13 vgg16 vgg19 vgg11-bn vgg13-bn vgg16-bn vgg19-bn".split()
    },
    "squeezenet1.0": (64, lambda: models.squeezenet1_0(**PLAIN)),
    "squeezenet1.1": (64, lambda: models.squeezenet1_1(**PLAIN)),
    "googlenet": (96, lambda: models.googlenet(**INCEPTION)),
    "inception-v3": (96, lambda: models.inception_v3(**INCEPTION)),
    **{
        name: (64, lambda make=getattr(models, name): make(**PLAIN))
        for name in "resnet18 resnet34 resnet50 resnet101 resnet152".split()
    },
    **{
        f"resnet{layers}-cifar": (32, lambda layers=layers: CIFARResNet((layers - 2) // 6))
        for layers in (20, 32, 44, 56)
    },
    "resnet50v2": (64, lambda: keras.applications.ResNet50V2(input_shape=(64, 64, 3), **KERAS)),
    "resnet101v2": (64, lambda: keras.applications.ResNet101V2(input_shape=(64, 64, 3), **KERAS)),
    "resnet152v2": (64, lambda: keras.applications.ResNet152V2(input_shape=(64, 64, 3), **KERAS)),
    "mobilenet-v1": (64, lambda: keras.applications.MobileNet(input_shape=(64, 64, 3), **KERAS)),
    "mobilenet-v2": (64, lambda: models.mobilenet_v2(**PLAIN)),
    "mobilenet-v3-small": (64, lambda: models.mobilenet_v3_small(**PLAIN)),
    "mobilenet-v3-large": (96, lambda: models.mobilenet_v3_large(**PLAIN)),
    "densenet121": (64, lambda: models.densenet121(**PLAIN)),
    "efficientnet-b0": (64, lambda: models.efficientnet_b0(**PLAIN)),
    **{
        # Dropping the declared size makes padding follow the input's, as in TensorFlow.
        name: (64, lambda name=name: lite(name))
        for name in (f"efficientnet-lite{number}" for number in range(5))
    },
    "convnext-tiny": (64, lambda: models.convnext_tiny(**PLAIN)),
}


def torch_network(model):
    """A function of a picture [N, H, W, C], and how many tensors and parameters it has."""
    tensors = {k: v for k, v in model.state_dict().items() if "num_batches_tracked" not in k}
    model.load_state_dict(
        {name: torch.from_numpy(weight(name, tuple(v.shape))) for name, v in tensors.items()},
        strict=False,
    )
    model = model.double().eval()
    return (
        lambda x: model(x.permute(0, 3, 1, 2)),
        len(tensors),
        sum(p.numel() for p in model.parameters()),
    )


def keras_network(model):
    """As `torch_network`; variables have the names that keras.applications publishes."""
    count = 0
    for layer in model.layers:
        depthwise = isinstance(layer, keras.layers.DepthwiseConv2D)
        for variable in layer.weights:
            kind = "depthwise_kernel" if depthwise and variable.name == "kernel" else variable.name
            value = weight(f"{layer.name}/{kind}", tuple(variable.shape))
            variable.assign(value.astype("float64"))
            count += 1
    parameters = sum(int(np.prod(v.shape)) for v in model.trainable_variables)
    return lambda x: model(x, training=False), count, parameters


def summary(tensor):
    values = tensor.detach().double().reshape(-1).numpy()
    places = [k * len(values) // SAMPLES for k in range(SAMPLES)]
    if len(values) < SAMPLES:
        places = range(len(values))
    return {
        "count": len(values),
        "norm": float(f"{np.linalg.norm(values):.8g}"),
        "samples": [float(f"{values[p]:.8g}") for p in places],
    }


def fixture(name):
    side, make = ARCHITECTURES[name]
    model = make()
    network, tensors, parameters = (
        keras_network if isinstance(model, keras.Model) else torch_network
    )(model)
    shape = (1, side, side, 3)
    x = torch.tensor(uniform("input", shape).astype(np.float32).astype(np.float64), requires_grad=True)
    y = network(x)
    y[0, UNIT].backward()
    print(f"{name}: outputs up to {y.abs().max().item():.4g}, gradient {x.grad.norm().item():.4g}", flush=True)
    return {
        "input": list(shape),
        "tensors": tensors,
        "parameters": parameters,
        "output": summary(y),
        "unit": UNIT,
        "gradient": summary(x.grad),
    }


if __name__ == "__main__":
    keras.backend.set_floatx("float64")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or ARCHITECTURES:
        (FOLDER / f"{name}.json").write_text(json.dumps(fixture(name)) + "\n")
