"""What torch-lucent computes on the small network: `pip install torch torch-lucent`, then

    python lucent_reference.py ../../../Tests/ReferenceTests/Fixtures/peers-lucent.json
"""
import sys
from importlib.metadata import version

import numpy as np
import torch
from torch import nn

from common import HEIGHT, MAP, PICTURES, VECTORS, WEIGHTS, WIDTH, array, random, rounded, write
from lucent.optvis import objectives
from lucent.optvis.param.spatial import fft_image
from lucent.optvis.transform import pad

torch.manual_seed(0)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        tensor = {name: torch.from_numpy(values) for name, values in WEIGHTS.items()}
        self.conv1, self.conv2 = nn.Conv2d(3, 6, 3, padding=1), nn.Conv2d(6, 5, 3, padding=1)
        self.dense = nn.Linear(MAP[0] * MAP[1] * 5, 4)
        for layer in ("conv1", "conv2", "dense"):
            getattr(self, layer).weight.data = tensor[layer]
            getattr(self, layer).bias.data = tensor[layer + " bias"]

    def forward(self, x):
        """The layers by name."""
        conv1 = nn.functional.softplus(self.conv1(x))
        conv2 = torch.tanh(self.conv2(nn.functional.avg_pool2d(conv1, 2)))
        dense = self.dense(conv2.permute(0, 2, 3, 1).flatten(1))
        return {"input": x, "conv1": conv1, "conv2": conv2, "dense": dense}


network, cases = Network(), []


def case(name, objective, count=1):
    """Keeps an objective as lucent states it, which is made small."""
    x = torch.from_numpy(PICTURES[:count]).permute(0, 3, 1, 2).requires_grad_()
    layers = network(x)
    value = objective(lambda layer: layers[layer])
    gradient, = torch.autograd.grad(value, x)
    cases.append({"name": name, "pictures": count, "values": rounded(value.detach().numpy()),
                  "gradient": rounded(gradient.permute(0, 2, 3, 1).numpy())})


vector = {count: torch.from_numpy(values) for count, values in VECTORS.items()}
case("channel", objectives.channel("conv2", 3), 2)
case("neuron at 1, 3", objectives.neuron("conv2", 2, x=3, y=1))
case("neuron at the center", objectives.neuron("conv1", 4))
case("neuron weights", objectives.neuron_weight("conv2", vector[5], x=1, y=2))
case("channel weights", objectives.channel_weight("conv2", vector[5]), 2)
case("region weights", objectives.localgroup_weight("conv2", vector[5], x=1, y=2, wx=2, wy=3))
case("direction", objectives.direction("conv1", vector[6]), 2)
case("direction of a neuron", objectives.direction_neuron("conv1", vector[6], x=3, y=7))
case("interpolation", objectives.channel_interpolate("conv1", 1, "conv2", 3), 3)
case("alignment", objectives.alignment("conv2", decay_ratio=3), 3)
case("diversity", objectives.diversity("conv2"), 3)
case("blur penalty", objectives.blur_input_each_step(), 2)
case("sum", 2 * objectives.channel("conv1", 0) - 0.5 * objectives.channel("conv2", 1), 2)


# Pictures of parameters, and the gradient of Σ weight · picture.
def fourier(height, width, decay):
    parameters, image = fft_image((1, 3, height, width), sd=1.0, decay_power=decay)
    picture = torch.sigmoid(image())
    weights = torch.from_numpy(random.uniform(-1, 1, picture.shape).astype(np.float32))
    gradient, = torch.autograd.grad((picture * weights).sum(), parameters[0])
    last = lambda t: array(t.detach().permute(0, 2, 3, 1).numpy())
    # Real parts of a channel, then its imaginary parts.
    planes = lambda t: array(t.detach().permute(0, 1, 4, 2, 3).numpy()[0])
    return {"name": "fourier", "decay": decay, "parameters": planes(parameters[0]), "picture": last(picture),
            "weights": last(weights), "gradient": planes(gradient)}


# Transformations of one picture, and the gradient of Σ weight · result.
def transformation(name, transform, picture):
    x = torch.from_numpy(picture).permute(0, 3, 1, 2).requires_grad_()
    result = transform(x)
    weights = torch.from_numpy(random.uniform(-1, 1, result.shape).astype(np.float32))
    gradient, = torch.autograd.grad((result * weights).sum(), x)
    last = lambda t: array(t.detach().permute(0, 2, 3, 1).numpy())
    return {"name": name, "parameters": array(picture), "picture": last(result), "weights": last(weights),
            "gradient": last(gradient)}


if __name__ == "__main__":
    decoders = [
        fourier(HEIGHT, WIDTH, 1), fourier(7, 6, 1.5), fourier(6, 7, 1),
        transformation("grey padding", pad(3, mode="constant", constant_value=0.5), PICTURES[:1]),
        transformation("mirrored padding", pad(3, mode="reflect"), PICTURES[:1]),
    ]
    write(sys.argv[1], [f"{package} {version(package)}" for package in ("torch", "torch-lucent", "kornia")], cases, decoders)
