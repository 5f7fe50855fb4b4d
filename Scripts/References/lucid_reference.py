"""Lucid's preset, restated in plain PyTorch: how high a logit the recipe reaches.

    python lucid_reference.py NETWORK.onnx --layer loss3/classifier --units 130,20,340 --steps 200 \
        --seeds 1,2,3,4,5 --output lucid-reference.json [--pictures FOLDER]

The rules are facts about tensorflow/lucid (optvis: param/spatial, param/color, transform), stated in this order a step:
 1. spectrum s: real and imaginary parts of [3, H, W/2+1], drawn from N(0, 0.01^2), are what Adam changes
 2. image = irfft2(s * sqrt(H*W) / max(f, 1/max(H, W))) / 4, the inverse transform dividing by H*W
    (f = sqrt(fy^2 + fx^2) in cycles a pixel; decay power 1)
 3. colour: rgb = M c with M the square root of ImageNet's colour covariance over its largest column norm (no mean added)
 4. picture = sigmoid(rgb), 0...1
 5. pad 12 with 0.5; crop to 8 less at a random offset 0...8; scale to int(side * s), s of 0.90, 0.92 ... 1.10;
    rotate by one of -10...10 degrees and five more zeros; crop to 4 less at a random offset 0...4
 6. centre crop to the network's side, or pad with 0.5 where smaller
 7. preprocess as the network's sidecar says; loss = -logit; Adam 0.05, betas 0.9 and 0.999, eps 1e-8; batch of one
Choices where lucid is bound to TensorFlow: scaling is bilinear at half-pixel centres without antialiasing (lucid's: corner
aligned at 0); rotation is bilinear about the centre (lucid's: nearest); what a rotation uncovers is --rotation-fill, 0.5
(lucid's: 0); the last crop is there because a classifier has a fixed input, and lucid pads there with 0, this with 0.5.

`clean` is the logit of the final picture, untransformed; `transformed` that of the last step's loss, one draw of the
transformations and one update earlier.
"""
import argparse
import json
import math
import statistics
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from onnx_torch import OnnxNetwork

COLOUR = torch.tensor([[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]])
COLOUR = COLOUR / COLOUR.norm(dim=0).max()
SCALES = [1 + (i - 5) / 50 for i in range(11)]
ANGLES = list(range(-10, 11)) + [0] * 5


class FourierPicture:
    def __init__(self, side, generator):
        fy, fx = torch.fft.fftfreq(side)[:, None], torch.fft.rfftfreq(side)[None, :]
        frequency = (fy ** 2 + fx ** 2).sqrt()
        self.side = side
        self.scale = side / frequency.clamp(min=1 / side)
        self.spectrum = (0.01 * torch.randn(2, 3, side, side // 2 + 1, generator=generator)).requires_grad_()

    def picture(self):
        scaled = torch.complex(self.spectrum[0], self.spectrum[1]) * self.scale
        image = torch.fft.irfft2(scaled, s=(self.side, self.side), norm="backward") / 4
        return torch.sigmoid(torch.einsum("rc,chw->rhw", COLOUR, image))[None]


def pick(values, generator):
    return values[int(torch.randint(len(values), (1,), generator=generator))]


def jitter(picture, pixels, generator):
    height, width = picture.shape[2] - pixels, picture.shape[3] - pixels
    top, left = torch.randint(pixels + 1, (2,), generator=generator).tolist()
    return picture[:, :, top:top + height, left:left + width]


def scale(picture, factor):
    size = [int(factor * side + 1e-6) for side in picture.shape[2:]]
    return F.interpolate(picture, size=size, mode="bilinear", align_corners=False)


def rotate(picture, degrees, fill):
    if degrees == 0:
        return picture
    height, width = picture.shape[2:]
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    matrix = torch.tensor([[[c, -s * height / width, 0], [s * width / height, c, 0]]])
    grid = F.affine_grid(matrix, list(picture.shape), align_corners=False)
    return F.grid_sample(picture - fill, grid, mode="bilinear", padding_mode="zeros", align_corners=False) + fill


def centre(picture, side):
    """Centre crop to `side`, padded with 0.5 where the picture is smaller."""
    missing = max(0, side - picture.shape[2])
    picture = F.pad(picture, (missing // 2, missing - missing // 2) * 2, value=0.5)
    start = (picture.shape[2] - side) // 2
    return picture[:, :, start:start + side, start:start + side]


def transform(picture, fill, generator):
    side = picture.shape[2]
    picture = jitter(F.pad(picture, (12,) * 4, value=0.5), 8, generator)
    picture = rotate(scale(picture, pick(SCALES, generator)), pick(ANGLES, generator), fill)
    return centre(jitter(picture, 4, generator), side)


def maximize(network, layer, unit, seed, steps, side, fill):
    generator = torch.Generator().manual_seed(seed)
    parameters = FourierPicture(side, generator)
    optimizer = torch.optim.Adam([parameters.spectrum], lr=0.05, betas=(0.9, 0.999), eps=1e-8)

    def logit(picture):
        return network.run(network.see(picture), [layer])[0][0, unit]

    transformed = None
    for _ in range(steps):
        optimizer.zero_grad()
        value = logit(transform(parameters.picture(), fill, generator))
        (-value).backward()
        optimizer.step()
        transformed = value.item()
    with torch.no_grad():
        picture = parameters.picture()
        return logit(picture).item(), transformed, picture[0]


def save(picture, path):
    from PIL import Image
    Image.fromarray((picture.permute(1, 2, 0) * 255).round().byte().numpy()).save(path)


def numbers(text):
    return [int(part) for part in text.split(",")]


def main():
    parser = argparse.ArgumentParser(description="lucid's preset in PyTorch")
    parser.add_argument("network", type=Path)
    parser.add_argument("--layer", default="loss3/classifier")
    parser.add_argument("--units", type=numbers, default=[130, 20, 340])
    parser.add_argument("--seeds", type=numbers, default=[1, 2, 3, 4, 5])
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--side", type=int, default=224)
    parser.add_argument("--rotation-fill", type=float, default=0.5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--pictures", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    network = OnnxNetwork(arguments.network)
    report = {"network": arguments.network.name, "layer": arguments.layer, "steps": arguments.steps,
              "side": arguments.side, "rotationFill": arguments.rotation_fill, "torch": torch.__version__, "units": []}
    for unit in arguments.units:
        runs = []
        for seed in arguments.seeds:
            start = time.time()
            clean, transformed, picture = maximize(network, arguments.layer, unit, seed, arguments.steps,
                                                   arguments.side, arguments.rotation_fill)
            runs.append({"seed": seed, "clean": round(clean, 3), "transformed": round(transformed, 3)})
            print(f"unit {unit} seed {seed}: clean {clean:.1f}, transformed {transformed:.1f}, "
                  f"{time.time() - start:.0f} s", flush=True)
            if arguments.pictures:
                arguments.pictures.mkdir(parents=True, exist_ok=True)
                save(picture, arguments.pictures / f"lucid-{unit}-{seed}.png")
        median = {key: round(statistics.median(run[key] for run in runs), 3) for key in ("clean", "transformed")}
        print(f"unit {unit}: median clean {median['clean']:.1f}, transformed {median['transformed']:.1f}", flush=True)
        report["units"].append({"unit": unit, "median": median, "runs": runs})
    arguments.output.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
