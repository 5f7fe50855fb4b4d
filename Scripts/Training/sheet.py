"""Writes a sheet of sample pictures, one row a class: python sheet.py sheet.png [class ...]"""

import sys

import numpy as np
from PIL import Image

from drawing.classes import CLASSES
from drawing.scene import picture


def main():
    output, names = sys.argv[1], sys.argv[2:] or list(CLASSES)
    rows = []
    for row, name in enumerate(names):
        rngs = [np.random.default_rng([row, column]) for column in range(12)]
        rows.append(np.concatenate([picture(CLASSES[name], rng) for rng in rngs], axis=1))
    Image.fromarray(np.concatenate(rows)).save(output)


if __name__ == "__main__":
    main()
