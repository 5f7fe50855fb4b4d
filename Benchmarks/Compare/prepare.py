"""Writes what every peer reads of a network, and what its results are checked against.

    python prepare.py FOLDER NETWORK ...

FOLDER/NETWORK gets weights.safetensors (torchvision's names, hashed numbers as the package's RandomWeights makes),
layers.json (see layer_list.py), input.npy [N, H, W, C], picture.npy, the first of them, and reference.npz: its
logits and gradient in float64.
"""

import json
import os
import sys
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"
import numpy as np
import torch
import torchvision_import  # noqa: F401
from layer_list import layer_list
from networks import LARGEST_BATCH, SIDES, UNIT
from safetensors.torch import save_file

sys.path.append(str(Path(__file__).parents[2] / "Scripts/References"))
import architectures  # noqa: E402


def prepare(name, folder):
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "reference.npz").exists():
        return
    print(f"preparing {name}", file=sys.stderr)
    model = architectures.ARCHITECTURES[name][1]()
    weights = {
        key: torch.from_numpy(architectures.weight(key, tuple(value.shape)))
        for key, value in model.state_dict().items()
        if "num_batches_tracked" not in key
    }
    model.load_state_dict(weights, strict=False)
    save_file(weights, folder / "weights.safetensors")
    (folder / "layers.json").write_text(json.dumps(layer_list(model)))
    side = SIDES[name]
    values = architectures.uniform("input", (LARGEST_BATCH, side, side, 3)).astype(np.float32)
    np.save(folder / "input.npy", values)
    np.save(folder / "picture.npy", values[:1])
    x = torch.from_numpy(values[:1].astype(np.float64)).requires_grad_()
    logits = model.eval().double()(x.permute(0, 3, 1, 2))
    logits[0, UNIT].backward()
    np.savez(folder / "reference.npz", logits=logits.detach().numpy(), gradient=x.grad.numpy())


if __name__ == "__main__":
    for name in sys.argv[2:] or SIDES:
        prepare(name, Path(sys.argv[1]) / name)
