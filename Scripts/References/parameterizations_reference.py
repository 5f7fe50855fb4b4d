"""Parameterizations by their formulas in float64: pictures of given parameters, and gradients by central differences.

    python parameterizations_reference.py --output parameterizations-reference.json

Each case has a picture's parameters, the weights w of its numbers, the picture they decode to and d(sum w * picture) / d
parameters. NumPy alone. The rules are facts:
 - maco (Fel et al. 2023): phi' = (phi - mean) / (std + 1e-5) over all channels; s = irfft2(M exp(i phi')), M = 1 / max(f, 1 / max(H, W))
   ^ alpha; s' = (s - mean) / (std + 1e-5) over all channels; picture = sigmoid(colours s'); deviations divide by the count
 - bounded (Hamblin et al. 2024): irfft2(M sigmoid(beta) exp(i phi)), M = |rfft2(planes of the photo's logits)| / sigmoid(5)
 - pyramid: sigmoid(colours * sum of planes at sides divided by 1, 2, 4, 8, rounded up, resized bilinearly at half-pixel centres)
 - lowres: a spectrum as in lucid's preset, plus shared planes, which are resized along the batch too
 - cppn: coordinates of the pixels' centres within +-sqrt(3) along the longer side; u = W a + b, a = [atan u / 0.67, atan(u)^2 / 0.6];
   sigmoid(W a + b); weights are [outputs, inputs + 1] with the bias last, those of the last layer first
"""
import argparse
import json

import numpy as np

COLOURS = np.array([
    [0.561888158, -0.193713978, -0.0579383112],
    [0.584564805, -0.0104231155, 0.107216254],
    [0.585291266, 0.196378395, -0.0514615439]])


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def coloured(planes):
    """[C, H, W] to a picture [H, W, C]."""
    return sigmoid(np.einsum("ic,chw->hwi", COLOURS, planes))


def frequencies(height, width):
    return np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None])


def standardised(x):
    return (x - x.mean()) / (x.std() + 1e-5)


def maco(parameters, height, width, alpha):
    phases = standardised(parameters.reshape(3, height, width // 2 + 1))
    magnitude = np.maximum(frequencies(height, width), 1 / max(height, width)) ** -alpha
    planes = np.fft.irfft2(magnitude * np.exp(1j * phases), s=(height, width))
    return coloured(standardised(planes))


def bounded(parameters, height, width, photo):
    phases, shares = parameters.reshape(2, 3, height, width // 2 + 1)
    logits = np.log(photo / (1 - photo))
    # The package's unmixing: columns of the basis are orthogonal up to the rounding of its nine digits.
    unmixing = (COLOURS / (COLOURS ** 2).sum(axis=0)).T
    planes = np.einsum("ci,hwi->chw", unmixing, logits)
    magnitude = np.abs(np.fft.rfft2(planes)) / sigmoid(5)
    return coloured(np.fft.irfft2(magnitude * sigmoid(shares) * np.exp(1j * phases), s=(height, width)))


def blend(coarse, fine):
    """The matrix [fine, coarse] of bilinear resizing with the centres of cells in their places."""
    place = np.clip((np.arange(fine) + 0.5) * coarse / fine - 0.5, 0, coarse - 1)
    first = place.astype(int)
    result = np.zeros((fine, coarse))
    for row, (cell, share) in enumerate(zip(first, place - first)):
        result[row, cell] += 1 - share
        if share > 0:
            result[row, cell + 1] += share
    return result


def coarse(parameters, divisor, sets, height, width, picture, pictures):
    """Takes planes off the front of the parameters; returns them resized, and the rest."""
    h, w = -(-height // divisor), -(-width // divisor)
    count = sets * 3 * h * w
    planes = parameters[:count].reshape(sets, 3, h, w)
    mixed = np.tensordot(blend(sets, pictures)[picture] if sets > 1 else np.ones(1), planes, 1)
    return np.einsum("yh,chw,xw->cyx", blend(h, height), mixed, blend(w, width)), parameters[count:]


def pyramid(parameters, height, width):
    total = 0
    for divisor in (1, 2, 4, 8):
        planes, parameters = coarse(parameters, divisor, 1, height, width, 0, 1)
        total = total + planes
    return coloured(total)


def lowres(parameters, height, width, levels, picture, pictures):
    count = 2 * 3 * height * (width // 2 + 1)
    real = parameters[:count].reshape(3, 2, height, width // 2 + 1)
    scale = np.sqrt(height * width) / np.maximum(frequencies(height, width), 1 / max(height, width)) / 4
    total = np.fft.irfft2((real[:, 0] + 1j * real[:, 1]) * scale, s=(height, width))
    rest = parameters[count:]
    for divisor, sets in levels:
        planes, rest = coarse(rest, divisor, sets, height, width, picture, pictures)
        total = total + planes
    return coloured(total)


def cppn(parameters, height, width, hidden, layers):
    y, x = np.mgrid[:height, :width]
    scale = np.sqrt(3) / max(height, width)
    a = np.stack([scale * (2 * x + 1 - width), scale * (2 * y + 1 - height)], -1)
    last = 3 * (2 * hidden + 1)
    start = last
    for _ in range(layers):
        columns = a.shape[-1] + 1
        w = parameters[start:start + hidden * columns].reshape(hidden, columns)
        start += hidden * columns
        angle = np.arctan(a @ w[:, :-1].T + w[:, -1])
        a = np.concatenate([angle / 0.67, angle ** 2 / 0.6], -1)
    w = parameters[:last].reshape(3, 2 * hidden + 1)
    return sigmoid(a @ w[:, :-1].T + w[:, -1])


def gradient(function, parameters, weights):
    step, result = 1e-6, np.zeros_like(parameters)
    for i in range(parameters.size):
        up, down = parameters.copy(), parameters.copy()
        up[i] += step
        down[i] -= step
        result[i] = ((function(up) - function(down)) * weights).sum() / (2 * step)
    return result


def case(name, height, width, parameters, function, **more):
    weights = np.random.default_rng(1).uniform(-1, 1, (height, width, 3)).astype(np.float32).astype(float)
    parameters = parameters.astype(np.float32).astype(float)
    digits = lambda numbers: [float(f"{number:.9g}") for number in np.ravel(numbers)]
    return {"name": name, "height": height, "width": width, "parameters": digits(parameters),
            "weights": digits(weights), "picture": digits(function(parameters)),
            "gradient": digits(gradient(function, parameters, weights)), **more}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--output", required=True)
    output = arguments.parse_args().output
    random = np.random.default_rng(0)
    cases = []
    for height, width, alpha in [(7, 9, 1.0), (6, 8, 1.0), (8, 5, 0.5), (5, 8, 1.5), (1, 6, 1.0)]:
        cases.append(case(
            "maco", height, width, random.normal(size=3 * height * (width // 2 + 1)),
            lambda p: maco(p, height, width, alpha), exponent=alpha))
    for height, width in [(7, 6), (4, 5)]:
        photo = random.uniform(0.05, 0.95, (height, width, 3)).astype(np.float32).astype(float)
        count = 3 * height * (width // 2 + 1)
        parameters = np.concatenate([random.uniform(-3, 3, count), random.normal(0, 2, count)])
        cases.append(case(
            "bounded", height, width, parameters, lambda p: bounded(p, height, width, photo),
            photo=[float(f"{number:.9g}") for number in np.ravel(photo)]))
    for height, width in [(9, 7), (16, 5)]:
        count = 3 * sum(-(-height // d) * -(-width // d) for d in (1, 2, 4, 8))
        cases.append(case(
            "pyramid", height, width, random.normal(size=count), lambda p: pyramid(p, height, width)))
    for height, width, pictures, picture in [(9, 7, 3, 1), (6, 5, 5, 3)]:
        levels = [(2, 1), (4, 1), (4, 2), (8, 3)]
        count = 6 * height * (width // 2 + 1) + 3 * sum(n * -(-height // d) * -(-width // d) for d, n in levels)
        cases.append(case(
            "lowres", height, width, random.normal(0, 0.5, size=count),
            lambda p: lowres(p, height, width, levels, picture, pictures), index=picture, count=pictures))
    for height, width, hidden, layers in [(5, 8, 3, 2), (7, 4, 4, 3)]:
        count = 3 * (2 * hidden + 1) + hidden * 3 + (layers - 1) * hidden * (2 * hidden + 1)
        cases.append(case(
            "cppn", height, width, random.normal(size=count),
            lambda p: cppn(p, height, width, hidden, layers), hidden=hidden, layers=layers))
    about = "Pictures and gradients of parameterizations by formula in float64, made by parameterizations_reference.py"
    with open(output, "w") as file:
        json.dump({"about": about, "cases": cases}, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
