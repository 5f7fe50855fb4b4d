import math

import numpy as np
import skia

from .. import colours
from ..brush import ellipse_path, smooth_path


def draw(brush, rng):
    """A mushroom: a spotted cap over pale gills, on a pale stem with a ring."""
    caps = [(0.85, 0.12, 0.1), (0.85, 0.12, 0.1), (0.62, 0.38, 0.2), (0.9, 0.45, 0.15), (0.78, 0.6, 0.38)]
    cap = colours.one_of(rng, *caps, (0.6, 0.25, 0.5), hue=0.02, saturation=0.12, value=0.1)
    pale = colours.one_of(rng, (0.96, 0.93, 0.85), (0.9, 0.85, 0.72), hue=0.02, saturation=0.05, value=0.06)
    foot, waist = rng.uniform(0.24, 0.36), rng.uniform(0.15, 0.23)
    rim, width, top = rng.uniform(-0.08, 0.1), rng.uniform(0.82, 0.95), rng.uniform(-0.93, -0.8)
    gills = ellipse_path(0, rim, 0.94 * width, 0.21)
    brush.fill(gills, colours.lighter(pale, -0.2))
    with brush.clipped(gills):
        slits = skia.Path()
        for i in range(-8, 9):
            slits.moveTo(0.05 * i, rim - 0.05)
            slits.lineTo(0.13 * i, rim + 0.25)
        brush.stroke(slits, colours.lighter(pale, -0.55), 0.035)
    stem = [(-waist, rim + 0.12), (-waist, 0.5), (-foot, 0.8), (-0.6 * foot, 0.95)]
    brush.blob(stem + [(-x, y) for x, y in reversed(stem)], pale)
    shade = colours.lighter(pale, -0.3)
    for x in (-0.45, 0.4):
        brush.curve([(x * waist, 0.5), (x * waist, 0.6), (1.2 * x * foot, 0.82)], shade, 0.04)
    if rng.uniform() < 0.75:
        y, flare = rng.uniform(0.26, 0.36), waist + rng.uniform(0.08, 0.14)
        hem = [(flare * x, y + 0.14 + (0.05 if i % 2 else 0)) for i, x in enumerate(np.linspace(-1, 1, 7))]
        brush.blob([(waist, y), (-waist, y), *hem], colours.lighter(pale, 0.3))
        brush.curve(hem, shade, 0.045)
    shoulder = rng.uniform(0.62, 0.75)
    left = [(-width, rim - 0.02), (-0.9 * width, rim - 0.3), (-shoulder * width, 0.62 * top)]
    under = [(0.55 * width, rim + 0.02), (0, rim + 0.03), (-0.55 * width, rim + 0.02)]
    shape = smooth_path([*left, (0, top), *((-x, y) for x, y in reversed(left)), *under], closed=True)
    brush.fill(shape, cap)
    _cap_spots(brush, rng, shape, width, top, rim, colours.lighter(pale, 0.4))
    brush.stroke(shape, colours.lighter(cap, -0.4), 0.035)


def _cap_spots(brush, rng, shape, width, top, rim, colour):
    """Pale spots in rows over a cap, flatter and smaller towards its edge."""
    size, turn = rng.uniform(0.09, 0.14), rng.uniform(-0.15, 0.15)
    with brush.clipped(shape):
        for level, count in ((0.17, 2), (0.5, 3), (0.82, 5)):
            for i in range(count):
                x = (i - (count - 1) / 2) / count * 1.75 + turn + rng.normal(0, 0.04)
                y = top + level * (rim - top) + 0.25 * x * x + rng.normal(0, 0.02)
                x *= width * math.sqrt(level)
                radius = size * rng.uniform(0.75, 1.15)
                brush.ellipse(x, y, radius * (1 - 0.4 * abs(x)), 0.8 * radius, colour)
