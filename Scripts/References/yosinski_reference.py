"""Row 3 of Yosinski's table (decay 0.0001, blur sigma 1.0 every 4 steps, learning rate 100), in plain PyTorch.

    python yosinski_reference.py NETWORK.onnx --layer loss3/classifier --unit 130 --iterations 1000 --seeds 1 \
        [--crop] [--picture OUT.png]

Yosinski et al. 2015, "Understanding neural networks through deep visualization", table 1; the order of operations is a
fact of deep-visualization-toolbox's optimize/gradient_optimizer.py. The tensor x is the network's own input, mean
subtracted, 0...255 units, starting from N(0, 10^2). For i = 0 ... iterations - 1:
 1. with --crop, as the toolbox does: x + mean is cut to 0...255 (the default here leaves x free)
 2. a = logit of x, g = da/dx
 3. on all but the last iteration: x += 100 * g, then x *= 1 - 0.0001, then, where i % 4 == 0 (so already at i = 0), each
    channel of x is blurred
So the end logit is that of the tensor after iterations - 1 updates, whole and untransformed. The blur is
scipy.ndimage.gaussian_filter with its defaults: separable, weights exp(-d^2 / (2 sigma^2)) for |d| <= int(4 sigma + 0.5),
normalised to sum 1, borders mirrored with the edge pixel repeated (d c b a | a b c d | d c b a).
"""
import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from onnx_torch import OnnxNetwork


def blur(x, sigma):
    radius = int(4 * sigma + 0.5)
    weights = torch.exp(-torch.arange(-radius, radius + 1, dtype=x.dtype) ** 2 / (2 * sigma ** 2))
    weights = (weights / weights.sum()).view(1, 1, -1, 1)
    for dimension in (2, 3):
        length = x.shape[dimension]
        index = np.pad(np.arange(length), radius, mode="symmetric")
        padded = x.index_select(dimension, torch.from_numpy(index))
        kernel = weights if dimension == 2 else weights.transpose(2, 3)
        x = F.conv2d(padded, kernel.expand(x.shape[1], 1, *kernel.shape[2:]), groups=x.shape[1])
    return x


def maximize(network, layer, unit, x, iterations, crop, decay=0.0001, sigma=1.0, every=4, rate=100.0):
    history = []
    for i in range(iterations):
        if crop:
            x = network.see(network.picture(x).clamp(0, 1))
        x = x.detach().requires_grad_()
        value = network.run(x, [layer])[0][0, unit]
        history.append(value.item())
        gradient, = torch.autograd.grad(value, x)
        with torch.no_grad():
            if i < iterations - 1:
                x = (x + rate * gradient) * (1 - decay)
                if i % every == 0:
                    x = blur(x, sigma)
        if i % 100 == 0:
            print(f"  iteration {i}: {history[-1]:.2f}", flush=True)
    return x.detach(), history


def main():
    parser = argparse.ArgumentParser(description="row 3 of Yosinski's table in PyTorch")
    parser.add_argument("network", type=Path)
    parser.add_argument("--layer", default="loss3/classifier")
    parser.add_argument("--unit", type=int, default=130)
    parser.add_argument("--iterations", type=int, default=1000)
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--side", type=int, default=224)
    parser.add_argument("--crop", action="store_true", help="cut x + mean to the legal 0...255 before each iteration")
    parser.add_argument("--picture", type=Path, help="of the last seed, less the mean, scaled to show its contrast")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    network = OnnxNetwork(arguments.network)
    for seed in arguments.seeds.split(","):
        generator = torch.Generator().manual_seed(int(seed))
        start = 10 * torch.randn(1, 3, arguments.side, arguments.side, generator=generator)
        x, history = maximize(network, arguments.layer, arguments.unit, start, arguments.iterations, arguments.crop)
        cycle = ", ".join(f"{value:.2f}" for value in history[-5:])
        print(f"seed {seed}: start {history[0]:.2f}, end {history[-1]:.2f} (last five {cycle}), best {max(history):.2f}; "
              f"end tensor {x.min():.0f} ... {x.max():.0f}, standard deviation {x.std():.1f}", flush=True)
        if arguments.picture:
            from lucid_reference import save
            shade = network.picture(x) - network.picture(torch.zeros_like(x))
            save((0.5 + 0.5 * shade / shade.abs().max())[0], arguments.picture)


if __name__ == "__main__":
    main()
