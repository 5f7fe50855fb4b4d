"""Writes drawn pictures of all classes as PNG files, to be looked at or to make an atlas of.

    python write_scenes.py scenes --count 2000 --seed 9

Seed 9 is none of those that networks were trained or judged with. Files are named by class and number: zebra-0006.png.
"""

import argparse
from pathlib import Path

import numpy as np
import skia

from drawing.classes import CLASSES
from drawing.scene import picture


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=9)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    names = list(CLASSES)
    for number in range(arguments.count):
        name = names[number % len(names)]
        pixels = picture(CLASSES[name], np.random.default_rng([arguments.seed, number]))
        opaque = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
        image = skia.Image.fromarray(np.ascontiguousarray(opaque), colorType=skia.kRGBA_8888_ColorType)
        image.save(str(arguments.folder / f"{name.replace(' ', '-')}-{number:04}.png"), skia.kPNG)


if __name__ == "__main__":
    main()
