import math

import numpy as np

from .. import colours
from ..brush import smooth_path
from ..shapes import polar


def draw(brush, rng):
    """A leafy tree: a crown of lobed clumps over a brown trunk, sometimes with apples or blossom."""
    greens = [(0.22, 0.5, 0.16), (0.35, 0.6, 0.2), (0.15, 0.42, 0.22), (0.45, 0.6, 0.18)]
    autumn = [(0.85, 0.5, 0.12), (0.75, 0.28, 0.12), (0.85, 0.68, 0.2)]
    tints = autumn if rng.uniform() < 0.15 else greens
    leaves = colours.one_of(rng, *tints, hue=0.03, saturation=0.12, value=0.1)
    barks = [(0.42, 0.27, 0.15), (0.5, 0.33, 0.2), (0.33, 0.23, 0.17)]
    _trunk(brush, rng, colours.one_of(rng, *barks, hue=0.02))
    width, height, y = rng.uniform(0.5, 0.62), rng.uniform(0.36, 0.44), -0.34
    dx, dy = math.cos(brush.light), math.sin(brush.light)
    shape = _clump_path(rng)
    for cx, cy, radius, shade in _clumps(rng):
        shade += 0.16 * (cx * dx + cy * dy)
        with brush.placed(cx * width, y + cy * height, radius, rng.uniform(0, 2 * math.pi)):
            brush.fill(shape, colours.lighter(leaves, shade), outline=False)
            for px, py in rng.uniform(-0.6, 0.6, (3, 2)):
                dab = colours.lighter(leaves, shade + (0.22 if px > 0 else -0.22))
                brush.line([(px - 0.12, py), (px + 0.12, py + 0.08)], dab, 0.05 / radius)
    if rng.uniform() < 0.4:
        fruits = [(0.85, 0.12, 0.1), (0.98, 0.85, 0.9), (0.97, 0.6, 0.15), (0.95, 0.6, 0.75)]
        fruit = colours.one_of(rng, *fruits)
        for i in range(rng.integers(7, 12)):
            px, py = polar(rng.uniform(0.25, 1.1), 2.4 * i)
            size = rng.uniform(0.055, 0.075)
            brush.ellipse(px * width, y + py * height, size, size, fruit, outline=False)


def _clumps(rng):
    """The clumps of a crown about the unit circle from back to front: x, y, radius and brightness."""
    turn, count = rng.uniform(0, 2 * math.pi), int(rng.integers(6, 9))
    places = [polar(1, turn + 2 * math.pi * i / count) for i in range(count)]
    places.sort(key=lambda place: place[1], reverse=True)
    back = [(*place, rng.uniform(0.27, 0.34), -0.3) for place in places]
    front = [(*rng.uniform(-0.7, 0.7, 2), rng.uniform(0.2, 0.28), rng.uniform(-0.05, 0.1)) for _ in range(4)]
    return [*back, (0, 0, 0.5, -0.12), *front]


def _trunk(brush, rng, bark):
    """A trunk that widens at the roots and forks under the crown, with lines of bark."""
    half = rng.uniform(0.1, 0.14)
    for side in (-1, 1):
        brush.line([(0, 0.35), (side * rng.uniform(0.26, 0.36), -0.1)], colours.lighter(bark, -0.1), 0.11)
    sides = [(half, -0.1), (half, 0.6), (1.4 * half, 0.82), (2.3 * half, 0.96)]
    brush.polygon(sides + [(-x, y) for x, y in reversed(sides)], bark)
    for x in (-0.4, 0.35):
        y = rng.uniform(0.2, 0.5)
        brush.curve(
            [(x * half, y), (x * half, y + 0.2), (1.5 * x * half, y + 0.4)], colours.lighter(bark, -0.4), 0.04
        )


def _clump_path(rng):
    """A disc of radius 1 with nine round lobes."""
    turns = np.arange(18) * math.pi / 9
    radii = np.where(np.arange(18) % 2, rng.uniform(0.98, 1.12, 18), 0.88)
    return smooth_path(np.stack([radii * np.cos(turns), radii * np.sin(turns)], axis=1), closed=True)
