"""The small network that peers and this package are compared on, and how cases are kept.

It has no kink, so that gradients are as exact as numbers: conv1 3×3 softplus, an average pooling of 2×2, conv2 3×3 tanh, and a
dense layer over [H, W, C]. Weights are in the order of PyTorch; pictures are [N, 10, 8, 3], 0…1.
"""
import json

import numpy as np

HEIGHT, WIDTH = 10, 8
MAP = (5, 4)
random = np.random.default_rng(319)


def uniform(*shape, scale):
    return random.uniform(-scale, scale, shape).astype(np.float32)


WEIGHTS = {
    "conv1": uniform(6, 3, 3, 3, scale=1.2), "conv1 bias": uniform(6, scale=0.2),
    "conv2": uniform(5, 6, 3, 3, scale=0.3), "conv2 bias": uniform(5, scale=0.2),
    "dense": uniform(4, MAP[0] * MAP[1] * 5, scale=1.5), "dense bias": uniform(4, scale=0.2),
}
PICTURES = random.uniform(0, 1, (3, HEIGHT, WIDTH, 3)).astype(np.float32)
REFERENCE = random.uniform(0, 1, (1, HEIGHT, WIDTH, 3)).astype(np.float32)
VECTORS = {count: (10 * random.uniform(-1, 1, count)).astype(np.float32) for count in (4, 5, 6)}
# One row whose neighbours differ by a fifth at least.
ROW = (0.5 + np.where(np.arange(9) % 2, 1, -1)[None, None, :, None] * random.uniform(0.1, 0.45, (1, 1, 9, 3))).astype(np.float32)


def rounded(values):
    return [float(f"{value:.7g}") for value in np.asarray(values, dtype=np.float64).reshape(-1)]


def array(values):
    return {"shape": list(np.shape(values)), "values": rounded(values)}


def write(path, versions, cases, decoders):
    """Keeps what a peer computed: objectives with their gradients, and pictures of parameters."""
    content = {
        "about": "Made by Scripts/References/peers; " + ", ".join(versions),
        "weights": {name: array(values) for name, values in WEIGHTS.items()},
        "pictures": array(PICTURES), "reference": array(REFERENCE), "row": array(ROW),
        "vectors": {str(count): array(values) for count, values in VECTORS.items()},
        "cases": cases, "decoders": decoders,
    }
    with open(path, "w") as file:
        # A line for each case, so that changes can be read.
        parts = {key: json.dumps(value, separators=(",", ":")) for key, value in content.items()}
        for key in ("cases", "decoders"):
            parts[key] = "[\n" + ",\n".join(json.dumps(v, separators=(",", ":")) for v in content[key]) + "\n]"
        file.write("{\n" + ",\n".join(f'"{key}":{text}' for key, text in parts.items()) + "\n}\n")
