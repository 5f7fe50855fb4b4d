"""Writes drawn pictures with the place of the object in each: arrays to measure where maps of attribution point.

    python write_located_scenes.py scenes --count 200 --seed 17

Writes pictures.npy, float32 [N, 96, 96, 3] in 0…1, regions.npy, float32 [N, 96, 96], 1 where the object covers the pixel, and
classes.npy, float32 [N], the positions of the classes. Scenes whose object covers more than 40 % of the picture are left out: any
map points into those. Seed 17 is none of those that networks were trained or judged with.
"""

import argparse
import copy
from pathlib import Path

import numpy as np
import skia

from drawing.brush import Brush
from drawing.classes import CLASSES
from drawing.scene import SIDE, picture

LARGEST_SHARE = 0.4


def located(draw, rng):
    """A picture as training has it, and where its object is."""
    surface = skia.Surface(SIDE, SIDE)

    def draw_twice(brush, rng):
        canvas = surface.getCanvas()
        canvas.setMatrix(brush.canvas.getTotalMatrix())
        twin = Brush(canvas, light=brush.light, volume=brush.volume, outline=brush.outline)
        draw(twin, copy.deepcopy(rng))
        draw(brush, rng)

    pixels = picture(draw_twice, rng)
    return pixels, surface.makeImageSnapshot().toarray()[:, :, 3] > 127


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=17)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    draws = list(CLASSES.values())
    pictures, regions, classes, number = [], [], [], 0
    while len(pictures) < arguments.count:
        target = number % len(draws)
        pixels, region = located(draws[target], np.random.default_rng([arguments.seed, number]))
        number += 1
        if 0 < region.mean() <= LARGEST_SHARE:
            pictures.append(pixels / np.float32(255))
            regions.append(region)
            classes.append(target)
    np.save(arguments.folder / "pictures.npy", np.stack(pictures).astype(np.float32))
    np.save(arguments.folder / "regions.npy", np.stack(regions).astype(np.float32))
    np.save(arguments.folder / "classes.npy", np.array(classes, np.float32))
    print(f"{len(pictures)} of {number} scenes; objects cover {np.mean(regions):.1%} on average")


if __name__ == "__main__":
    main()
