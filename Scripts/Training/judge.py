"""Asks the networks that are kept out of the package what they see in pictures.

python judge.py classes FOLDER [FOLDER ...]   how many pictures predictions-<class>.png are named rightly
python judge.py apples PICTURE [PICTURE ...]  how many apples are counted
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from drawing.classes import CLASSES
from tasks import TASKS
from train import as_input


def judge(name, trained):
    """The network `name` with the weights that train.py put into `trained`."""
    network = TASKS[name].build()
    network.load_state_dict(torch.load(trained / f"{name}.pt", weights_only=True))
    return network.eval().requires_grad_(False)


def read(files):
    """Pictures as the networks see them: float [N, C, H, W]."""
    return as_input(np.stack([np.asarray(Image.open(file).convert("RGB")) for file in files]), "cpu")


def judge_classes(folder, network):
    """Prints how many of a folder's class pictures the network names rightly, and those it does not."""
    labels = list(CLASSES)
    files = [folder / f"predictions-{label.replace(' ', '_')}.png" for label in labels]
    probabilities = network(read(files)).softmax(1)
    best = probabilities.argmax(1).tolist()
    wrong = [
        f"{label} as {labels[named]} ({probability:.2f})"
        for label, named, probability in zip(labels, best, probabilities.max(1).values.tolist())
        if label != labels[named]
    ]
    right = len(labels) - len(wrong)
    print(f"{folder}: {right} of {len(labels)} named rightly ({100 * right / len(labels):.0f} %)")
    print("".join(f"  {line}\n" for line in wrong), end="")


def judge_noise(network):
    """Prints the same for pictures of uniform noise, each taken as every class in turn: chance."""
    noise = torch.rand(240, 3, 96, 96, generator=torch.Generator().manual_seed(0))
    named = network(noise).argmax(1)
    right = (named == torch.arange(240) % len(CLASSES)).float().mean().item()
    print(f"uniform noise: {100 * right:.0f} %")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["classes", "apples"])
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--trained", type=Path, default="trained", help="folder of the judges' weights")
    options = parser.parse_args()
    if options.what == "classes":
        network = judge("picture-judge", options.trained)
        for folder in options.paths:
            judge_classes(folder, network)
        judge_noise(network)
    else:
        counts = judge("apple-judge", options.trained)(read(options.paths))[:, 0]
        for path, count in zip(options.paths, counts.tolist()):
            print(f"{path}: {count:.2f} apples")


if __name__ == "__main__":
    main()
