"""Makes Fixtures/transformer-*: three drawn scenes, and what PictureTransformer makes of them in double precision.

    pip install -r ../../Scripts/Training/requirements.txt
    python make_transformer_fixtures.py

The network is written down again, over the tensors of the ONNX file; only their names are export.py's, and that the
scale of attention is in the query's weights. The gradient is that of each picture's own class, [N, H, W, C].
"""

import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from PIL import Image
from torch.nn import functional as F

HERE = Path(__file__).parent
sys.path.append(str(HERE / "../../Scripts/Training"))

from drawing.classes import CLASSES  # noqa: E402
from drawing.scene import picture  # noqa: E402

MODEL = HERE / "../../Sources/EmbeddedNetworks/Resources/picture-transformer.onnx"
SHOWN = ["flamingo", "zebra", "hot-air balloon"]
SEED = 11


def logits(weights, x):
    """The logits [N, classes] of pictures [N, H, W, C]."""
    heads = next(values for name, values in weights.items() if name.endswith("query/split/shape"))[2]
    weights = {name.removesuffix("/half"): values for name, values in weights.items()}

    def dense(name, x):
        return x @ weights[name + "/weight"] + weights[name + "/bias"]

    def norm(name, x):
        return F.layer_norm(x, x.shape[-1:], weights[name + "/scale"], weights[name + "/bias"], 1e-5)

    def split(name, x):
        return dense(name, x).unflatten(2, (int(heads), -1)).transpose(1, 2)

    kernel = weights["patches/weight"]
    patches = F.conv2d(x.permute(0, 3, 1, 2), kernel, weights["patches/bias"], stride=kernel.shape[-1])
    x = patches.flatten(2).transpose(1, 2)
    first = weights["tokens/class_token"].expand(len(x), 1, -1)
    x = torch.cat([first, x + weights["tokens/positions"]], 1)
    block = 0
    while f"blocks/{block}/norm1/scale" in weights:
        name = f"blocks/{block}"
        y = norm(name + "/norm1", x)
        query, key, value = (split(f"{name}/attention/{role}", y) for role in ("query", "key", "value"))
        attended = (query @ key.transpose(2, 3)).softmax(-1) @ value
        x = x + dense(name + "/attention", attended.transpose(1, 2).flatten(2))
        x = x + dense(name + "/mlp/fc2", F.gelu(dense(name + "/mlp/fc1", norm(name + "/norm2", x))))
        block += 1
    return norm("norm", x)[:, 0] @ weights["predictions/weight"].t() + weights["predictions/bias"]


def main():
    tensors = onnx.load(MODEL).graph.initializer
    weights = {each.name: torch.tensor(numpy_helper.to_array(each).astype(np.float64)) for each in tensors}
    drawn = [picture(CLASSES[name], np.random.default_rng([SEED, i])) for i, name in enumerate(SHOWN)]
    x = torch.tensor(np.stack(drawn) / 255, requires_grad=True)
    found = logits(weights, x)
    classes = torch.tensor([list(CLASSES).index(name) for name in SHOWN])
    found.gather(1, classes[:, None]).sum().backward()
    for name, values in [("logits", found.detach()), ("gradient", x.grad)]:
        np.save(HERE / f"Fixtures/transformer-{name}.npy", values.numpy().astype(np.float32))
    for name, pixels in zip(SHOWN, drawn):
        Image.fromarray(pixels).save(HERE / f"Fixtures/transformer-{name.replace(' ', '-')}.png")
    print("named", [list(CLASSES)[i] for i in found.argmax(1)], "of", SHOWN)


if __name__ == "__main__":
    main()
