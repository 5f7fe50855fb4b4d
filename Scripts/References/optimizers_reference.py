"""Steps of optimizers in float64, as Swift arrays for OptimizerReferenceTests.

PyTorch takes those of its own optimizers; Keras' NAdam is written out by its documentation's formulas in NumPy.
"""

import argparse
import math

import numpy as np
import torch

START = [0.5, -1.0, 2.0, 0.0, 1e-3]
STEPS = 8


def gradients():
    """Numbers of several magnitudes that change sign."""
    return [
        [math.sin(1.7 * (k + 1) * (i + 1)) * 10.0 ** (i - 2) for i in range(len(START))] for k in range(STEPS)
    ]


def torch_steps(make, clip=None):
    parameters = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = make([parameters])
    rows = []
    for gradient in gradients():
        parameters.grad = torch.tensor(gradient, dtype=torch.float64)
        if clip is not None:
            torch.nn.utils.clip_grad_norm_([parameters], clip)
        optimizer.step()
        rows.append(parameters.detach().numpy().copy())
    return rows


def keras_nadam(rate, beta1=0.9, beta2=0.999, epsilon=1e-7):
    theta, m, v = np.array(START), np.zeros(len(START)), np.zeros(len(START))
    product, rows = 1.0, []
    for t, gradient in enumerate(gradients(), start=1):
        g = np.array(gradient)
        u, after = (beta1 * (1 - 0.5 * 0.96**k) for k in (t, t + 1))
        product *= u
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
        mean = after * m / (1 - product * after) + (1 - u) * g / (1 - product)
        theta = theta - rate * mean / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        rows.append(theta)
    return rows


RULES = {
    "momentum": lambda: torch_steps(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
    "nesterov": lambda: torch_steps(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.8, nesterov=True)),
    "nadam": lambda: torch_steps(lambda p: torch.optim.NAdam(p, lr=0.1)),
    "kerasNAdam": lambda: keras_nadam(0.1),
    "adamW": lambda: torch_steps(lambda p: torch.optim.AdamW(p, lr=0.1, weight_decay=0.3)),
    "clippedAdam": lambda: torch_steps(lambda p: torch.optim.Adam(p, lr=0.1), clip=1.0),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", required=True, help="the Swift file to write")
    path = parser.parse_args().output
    with open(path, "w") as file:
        file.write(f"// Written by Scripts/References/optimizers_reference.py with torch {torch.__version__}.\n\n")
        file.write("/// The parameters after each of eight steps, in float64.\n")
        file.write("enum OptimizerReference {\n")
        for name, rows in [("start", [START]), ("gradients", gradients())] + [(n, f()) for n, f in RULES.items()]:
            file.write(f"  static let {name}: [[Float]] = [\n")
            for row in rows:
                file.write("    [" + ", ".join(f"{x:.9g}" for x in row) + "],\n")
            file.write("  ]\n")
        file.write("}\n")


if __name__ == "__main__":
    main()
