"""A torchvision network with the prepared weights, in the forms in which PyTorch may be fastest."""

import torch
import torchvision_import  # noqa: F401
from safetensors.torch import load_file
from torch.fx.experimental.optimization import fuse
from torchvision import models

INCEPTION = dict(aux_logits=False, transform_input=False, init_weights=False)


def network(folder, configuration):
    """`configuration` is words apart by +: contiguous or channels-last; folded batch normalization; compiled."""
    words = configuration.split("+")
    name = folder.name
    constructor = getattr(models, name.replace("-", "_").replace(".", "_"))
    with torch.device("meta"):
        model = constructor(weights=None, **(INCEPTION if name == "googlenet" else {}))
    weights = load_file(folder / "weights.safetensors")
    for key, value in model.state_dict().items():
        if "num_batches_tracked" in key:
            weights[key] = torch.zeros((), dtype=torch.int64)
    model.load_state_dict(weights, assign=True)
    model.eval().requires_grad_(False)
    if "folded" in words:
        model = fuse(model)
        model.requires_grad_(False)
    if "channels-last" in words:
        model = model.to(memory_format=torch.channels_last)
    if "compiled" in words:
        model = torch.compile(model)
    if "autotuned" in words:
        model = torch.compile(model, mode="max-autotune")
    return model


def memory_format(configuration):
    return torch.channels_last if "channels-last" in configuration else torch.contiguous_format
