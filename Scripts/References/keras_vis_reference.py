"""keras-vis' rules in plain NumPy float64 on a tiny network that this file states itself: a step-by-step trajectory.

    python keras_vis_reference.py --output keras-vis-reference.json

The rules are facts about raghakot/keras-vis (vis/losses, vis/regularizers, vis/optimizer). One iteration:
 1. loss = w1 * ActivationMaximization + w2 * LpNorm(6) + w3 * TotalVariation(2) of the picture x, in its 0...255 space
      ActivationMaximization = -mean over positions of one unit of the last layer
      LpNorm                 = (sum |x|^p)^(1/p) / (H * W * C)
      TotalVariation         = sum ((x[y+1, x] - x[y, x])^2 + (x[y, x+1] - x[y, x])^2)^(beta/2) / (H * W * C),
                               summed over y < H - 1 and x < W - 1 only, each channel
 2. g = d loss / d x, divided by sqrt(max(sum over the whole tensor of g^2, 1e-12)), which is what the backend's L2
    normalisation does (some revisions of keras-vis divide by the root mean square instead)
 3. cache = 0.95 * cache + 0.05 * g^2, starting from zeros; x = x - g / sqrt(cache + 1e-7), with no learning rate,
    the epsilon inside the root, and no clipping to 0...255
No jitter, no modifiers. The first run has keras-vis' default weights 1, 10, 10, where total variation drowns the unit
(see the gradient norms it prints); the second, 1, 10, 0.002, gives all three losses a say.

The network: x [1, 12, 12, 3]; (x - 128) / 64; convolution 3x3, stride 1, zero padding 1 (after the preprocessing),
6 channels, softplus; convolution 3x3, stride 2, no padding, 4 channels, tanh. Convolutions are cross-correlations.
Weights, biases and seed picture (127.5 plus a pattern of -32 ... 31.75) come from an integer hash, are multiples of a
power of two, and so are exact in float32.
"""
import argparse
import json

import numpy as np

MEAN, DEVIATION = 128.0, 64.0
UNIT = 1
P, BETA = 6.0, 2.0
RUNS = [("keras-vis defaults", (1.0, 10.0, 10.0)), ("balanced", (1.0, 10.0, 0.002))]
NAMES = ("ActivationMaximization", "LpNorm", "TotalVariation")
SHAPE = (1, 12, 12, 3)


def hashed(shape, salt, denominator):
    """(byte - 128) / denominator for each index, row-major; the byte is the top one of a 32-bit integer hash."""
    h = np.arange(int(np.prod(shape)), dtype=np.uint64) + np.uint64(1000 * salt)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B), (16, 1)):
        h ^= h >> np.uint64(shift)
        h = (h * np.uint64(factor)) & np.uint64(0xFFFFFFFF)
    return ((h >> np.uint64(24)).astype(np.float64) - 128).reshape(shape) / denominator


WEIGHTS = {
    "convolution1.weight": hashed((6, 3, 3, 3), 1, 256),
    "convolution1.bias": hashed((6,), 2, 512),
    "convolution2.weight": hashed((4, 3, 3, 6), 3, 512),
    "convolution2.bias": hashed((4,), 4, 512),
}
SEED = 127.5 + hashed(SHAPE, 5, 4)


class Network:
    def __init__(self, dtype):
        self.w1, self.b1, self.w2, self.b2 = (value.astype(dtype) for value in WEIGHTS.values())
        self.dtype = dtype

    def convolve(self, x, weight, bias, stride):
        side = (x.shape[1] - 3) // stride + 1
        last = stride * (side - 1) + 1
        return bias + sum(x[:, dy:dy + last:stride, dx:dx + last:stride] @ weight[:, dy, dx].T
                          for dy in range(3) for dx in range(3))

    def convolve_back(self, gradient, weight, stride, shape):
        result = np.zeros(shape, self.dtype)
        last = stride * (gradient.shape[1] - 1) + 1
        for dy in range(3):
            for dx in range(3):
                result[:, dy:dy + last:stride, dx:dx + last:stride] += gradient @ weight[:, dy, dx]
        return result

    def activation_maximization(self, x):
        """-mean of the unit over positions, and its gradient with respect to the picture."""
        seen = (x - self.dtype(MEAN)) / self.dtype(DEVIATION)
        padded = np.pad(seen, ((0, 0), (1, 1), (1, 1), (0, 0)))
        before1 = self.convolve(padded, self.w1, self.b1, 1)
        after1 = np.logaddexp(self.dtype(0), before1)
        after2 = np.tanh(self.convolve(after1, self.w2, self.b2, 2))
        positions = self.dtype(after2.shape[1] * after2.shape[2])
        back = np.zeros_like(after2)
        back[..., UNIT] = -1 / positions
        back = self.convolve_back(back * (1 - after2 ** 2), self.w2, 2, after1.shape)
        back = self.convolve_back(back / (1 + np.exp(-before1)), self.w1, 1, padded.shape)
        return -after2[..., UNIT].mean(), back[:, 1:-1, 1:-1] / self.dtype(DEVIATION)


def lp_norm(x):
    value = (np.abs(x) ** P).sum() ** (1 / P)
    return value / x.size, np.sign(x) * (np.abs(x) / value) ** (P - 1) / x.size


def total_variation(x):
    here = x[:, :-1, :-1]
    down, right = x[:, 1:, :-1] - here, x[:, :-1, 1:] - here
    squares = down ** 2 + right ** 2
    slope = BETA * squares ** (BETA / 2 - 1) if BETA != 2 else 2 * np.ones_like(squares)
    gradient = np.zeros_like(x)
    gradient[:, 1:, :-1] += slope * down
    gradient[:, :-1, 1:] += slope * right
    gradient[:, :-1, :-1] -= slope * (down + right)
    return (squares ** (BETA / 2)).sum() / x.size, gradient / x.size


def losses(network, x):
    return [network.activation_maximization(x), lp_norm(x), total_variation(x)]


def minimize(weights, iterations, dtype):
    network, x = Network(dtype), SEED.astype(dtype)
    cache, pictures, values, shares = np.zeros_like(x), [x], [], []
    for _ in range(iterations):
        terms = losses(network, x)
        values.append([value for value, _ in terms])
        shares.append([abs(w) * np.linalg.norm(g) for w, (_, g) in zip(weights, terms)])
        g = sum(dtype(w) * g for w, (_, g) in zip(weights, terms))
        g = g / np.sqrt(max((g ** 2).sum(), dtype(1e-12)))
        cache = dtype(0.95) * cache + dtype(0.05) * g ** 2
        x = x - g / np.sqrt(cache + dtype(1e-7))
        pictures.append(x)
    values.append([value for value, _ in losses(network, x)])
    return pictures, values, shares


def check_gradients():
    """The largest error of each loss's gradient against central differences, relative to its largest entry."""
    network, step = Network(np.float64), 1e-3
    for index, name in enumerate(NAMES):
        gradient = losses(network, SEED)[index][1]
        numeric = np.zeros_like(SEED)
        for position in np.ndindex(*SHAPE):
            above, below = SEED.copy(), SEED.copy()
            above[position] += step
            below[position] -= step
            numeric[position] = (losses(network, above)[index][0] - losses(network, below)[index][0]) / (2 * step)
        error = np.abs(gradient - numeric).max() / np.abs(gradient).max()
        print(f"{name}: gradient differs from central differences by {error:.1e} of its largest entry")
        assert error < 1e-6


def rounded(array):
    return [float(f"{value:.9g}") for value in np.asarray(array).ravel()]


def tensor(array):
    return {"shape": list(array.shape), "values": rounded(array)}


def main():
    parser = argparse.ArgumentParser(description="a keras-vis trajectory on a tiny network")
    parser.add_argument("--output", required=True)
    parser.add_argument("--iterations", type=int, default=10)
    arguments = parser.parse_args()
    check_gradients()
    report = {
        "about": "Values are row-major. Convolution weights are [output, height, width, input] (OHWI), pictures "
                 "[N, H, W, C] RGB 0...255. pictures[i] is the picture after iteration i + 1; losses[i] are unweighted and "
                 "belong to the picture before iteration i + 1, the last to the final picture; total is the weighted sum. "
                 "gradientsAtSeed are unweighted and not normalised. float32Deviation is the largest difference of a pixel "
                 "that the same rules in float32 show after each iteration.",
        "network": {"mean": MEAN, "standardDeviation": DEVIATION,
                    "layers": ["convolution1 3x3 stride 1 padding 1", "softplus",
                               "convolution2 3x3 stride 2 padding 0", "tanh"],
                    **{name: tensor(value) for name, value in WEIGHTS.items()}},
        "unit": UNIT, "p": P, "beta": BETA, "rho": 0.95, "epsilon": 1e-7, "seed": tensor(SEED),
        "gradientsAtSeed": {name: rounded(gradient)
                            for name, (_, gradient) in zip(NAMES, losses(Network(np.float64), SEED))},
        "runs": [],
    }
    for name, weights in RUNS:
        pictures, values, shares = minimize(weights, arguments.iterations, np.float64)
        single = minimize(weights, arguments.iterations, np.float32)[0]
        drift = [float(np.abs(a - b).max()) for a, b in zip(pictures[1:], single[1:])]
        report["runs"].append({
            "name": name, "weights": dict(zip(NAMES, weights)),
            "losses": [dict(zip(NAMES, rounded(row))) | {"total": rounded(np.dot(weights, row))[0]} for row in values],
            "pictures": [rounded(picture) for picture in pictures[1:]],
            "float32Deviation": [float(f"{value:.2g}") for value in drift],
        })
        print(f"\n{name}: weights {weights}; float32 strays from float64 by at most {max(drift):.1e} (of 0...255)")
        print("iteration: losses (unweighted), gradient norms (weighted)")
        for i, row in enumerate(values):
            norms = ", ".join(f"{share:.2e}" for share in shares[i]) if i < len(shares) else ""
            print(f"  {i}: " + ", ".join(f"{value:.6g}" for value in row) + "; " + norms)
        print(f"  final picture {pictures[-1].min():.1f} ... {pictures[-1].max():.1f}, first step up to "
              f"{np.abs(pictures[1] - pictures[0]).max():.3f}")
    with open(arguments.output, "w") as file:
        json.dump(report, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
