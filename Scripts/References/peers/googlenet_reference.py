"""Gradients of torch-lucent's objectives on BVLC GoogLeNet, for a photo of 64×64: `pip install torch torch-lucent onnx
safetensors pillow`, then

    python googlenet_reference.py googlenet-imagenet.onnx parrot.jpg ../../../Tests/ReferenceTests/Fixtures/peers-googlenet.safetensors

Gradients are those of pictures of 0…1, [1, 64, 64, 3], which are enlarged bilinearly to the network's 224×224 before the
preprocessing that its sidecar states. They are computed in float64, and kept in float32. In
PyTorch's own float32 they differ by 0.7e-3 to 2.5e-3, since rectifiers and maxima are decided by rounding; a channel was chosen of
which that is true, too (that of 97 differs by 3.4e-3).
"""
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.numpy import save_file
from torch import nn

sys.path.append(str(Path(__file__).resolve().parent.parent))
from lucent.optvis import objectives
from lucent.optvis.render import hook_model
from onnx_torch import OnnxNetwork

SIDE = 64
LAYER = "inception_4c/3x3"


class Network(nn.Module):
    """The executor of ONNX files as lucent wants a network: each layer's output passes a module of the layer's name."""

    def __init__(self, path, layers):
        super().__init__()
        self.network, self.layers = OnnxNetwork(path, torch.float64), layers
        for layer in layers:
            self.add_module(layer, nn.Identity())

    def forward(self, picture):
        seen = nn.functional.interpolate(picture, size=(224, 224), mode="bilinear", align_corners=False)
        outputs = self.network.run(self.network.see(seen), self.layers)
        return [getattr(self, layer)(output) for layer, output in zip(self.layers, outputs)]


def main(network, photo, output):
    torch.set_num_threads(1)
    layers = ["inception_3b/output", LAYER, "inception_4e/3x3"]
    network = Network(network, layers).eval()
    image = Image.open(photo).convert("RGB")
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    image = image.crop((left, top, left + side, top + side)).resize((SIDE, SIDE), Image.LANCZOS)
    picture = np.asarray(image, dtype=np.float32)[None] / 255
    batch = np.concatenate([picture, picture[:, :, ::-1]])
    vector = np.random.default_rng(4).normal(size=256).astype(np.float32)
    tensors = {"picture": picture, "vector": vector}
    cases = {
        "channel": (objectives.channel(LAYER, 40), 1),
        "neuron": (objectives.neuron("inception_4e/3x3", 40, x=9, y=5), 1),
        "direction": (objectives.direction(LAYER, torch.from_numpy(vector).double()), 1),
        # The photo and its mirror image; what is kept is the gradient of the first.
        "diversity": (objectives.diversity("inception_3b/output"), 2),
    }
    for name, (objective, count) in cases.items():
        x = torch.from_numpy(batch[:count].copy()).double().permute(0, 3, 1, 2).requires_grad_()
        hook = hook_model(network, lambda: x)
        network(x)
        value = objective(hook)
        gradient, = torch.autograd.grad(value, x)
        tensors[name] = np.ascontiguousarray(gradient.permute(0, 2, 3, 1).float().numpy()[:1])
        tensors[name + ".value"] = np.array([value.item()], dtype=np.float32)
        print(f"{name}: {value.item():.6g}, gradient of length {np.linalg.norm(tensors[name]):.3g}")
    save_file(tensors, output)


if __name__ == "__main__":
    main(*sys.argv[1:])
