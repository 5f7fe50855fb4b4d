"""Writes a sheet of training pictures, one row a class (or a number of apples).

python sheet.py sheet.png [class ...]
python sheet.py sheet.png apples
"""

import sys

import numpy as np
from PIL import Image

from drawing.apples import MOST_APPLES, apple_scene
from drawing.classes import CLASSES
from drawing.scene import picture

COLUMNS = 12


def rows(names):
    """For each row a function from a random generator to a picture."""
    if names == ["apples"]:
        return [lambda rng, count=count: apple_scene(count, rng) for count in range(MOST_APPLES + 1)]
    return [lambda rng, name=name: picture(CLASSES[name], rng) for name in names or CLASSES]


def main():
    output, names = sys.argv[1], sys.argv[2:]
    sheet = [
        np.concatenate([draw(np.random.default_rng([row, column])) for column in range(COLUMNS)], axis=1)
        for row, draw in enumerate(rows(names))
    ]
    Image.fromarray(np.concatenate(sheet)).save(output)


if __name__ == "__main__":
    main()
