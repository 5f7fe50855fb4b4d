import math

import numpy as np
import skia

from .. import colours
from ..brush import smooth_path
from ..shapes import WHITE, far_from


def draw(brush, rng):
    """A mug or tea cup with a handle at its right, a drink inside, sometimes steam or a saucer."""
    china = WHITE if rng.uniform() < 0.3 else colours.anything(rng, (0.1, 0.9), (0.5, 1.0))
    drink = colours.one_of(rng, (0.28, 0.15, 0.08), (0.6, 0.3, 0.1), (0.5, 0.33, 0.2), (0.45, 0.5, 0.15))
    tea = rng.uniform() < 0.45
    half, foot = rng.uniform(0.58, 0.66), rng.uniform(0.3, 0.38) if tea else rng.uniform(0.5, 0.6)
    top, bottom = rng.uniform(-0.5, -0.4), rng.uniform(0.7, 0.76) if tea else rng.uniform(0.76, 0.84)
    left, rim = -0.18, rng.uniform(0.13, 0.18)
    if tea or rng.uniform() < 0.25:
        brush.ellipse(left, bottom, 0.8, 0.17, colours.near(rng, china, 0.02, 0.1, 0.1))
        brush.ring(left, bottom - 0.01, 0.58, 0.09, colours.lighter(china, -0.3), 0.04)
    middle, size, out = top + rng.uniform(0.42, 0.48), rng.uniform(0.24, 0.29), left + half
    grip = [(out - 0.06, middle - size), (out + 0.28, middle - 0.95 * size), (out + 0.4, middle)]
    grip += [(out + 0.2, middle + size), (out - 0.12, middle + size)]
    brush.curve(grip, colours.lighter(china, -0.45), 0.2)
    brush.curve(grip, colours.lighter(china, -0.08), 0.13)
    bulge = 0.5 * (half + foot) + (0.14 if tea else 0.02)
    side = [(half, top), (bulge, 0.5 * (top + bottom) + 0.1), (foot, bottom)]
    body = smooth_path([(left + x, y) for x, y in side])
    body.quadTo(left, bottom + 0.16, left - foot, bottom)
    back = smooth_path([(left - x, y) for x, y in reversed(side)])
    body.addPath(back, skia.Path.AddPathMode.kExtend_AddPathMode)
    body.close()
    brush.fill(body, china)
    with brush.clipped(body):
        _cup_pattern(brush, rng, china, left, top, bottom)
    brush.stroke(body, colours.lighter(china, -0.45), 0.035)
    brush.ellipse(left, top, half, rim, colours.lighter(china, -0.2))
    brush.ellipse(left, top + 0.02, half - 0.08, rim - 0.04, drink, outline=False)
    brush.ring(left, top, half, rim, colours.lighter(china, 0.35), 0.06)
    if rng.uniform() < 0.55:
        _steam(brush, rng, left, top - 0.06)


def _steam(brush, rng, x, y):
    """Two or three white wisps from (x, y) up to the top of the square."""
    alpha = rng.uniform(0.65, 0.95)
    for shift in (-0.22, 0.0, 0.22)[: int(rng.integers(2, 4))]:
        wisp = [(0, y), (-0.08, -0.62), (0.06, -0.78), (0, -0.95)]
        brush.curve([(x + shift + dx, dy) for dx, dy in wisp], (0.97, 0.97, 0.97), 0.08, alpha=alpha)


def _cup_pattern(brush, rng, china, left, top, bottom):
    """Stripes, dots, a heart or nothing on the front of a cup."""
    kind, tint = rng.integers(4), far_from(rng, china, (0.85, 0.2, 0.2), (0.15, 0.3, 0.7), WHITE, hue=0.15)
    height = bottom - top
    if kind == 0:
        for share in (0.45, 0.65)[: int(rng.integers(1, 3))]:
            y = top + share * height
            brush.curve([(left - 1, y - 0.12), (left, y + 0.08), (left + 1, y - 0.12)], tint, 0.12)
    elif kind == 1:
        for row, share in enumerate((0.34, 0.55, 0.76)):
            for x in np.arange(-0.6, 0.7, 0.3) + 0.15 * (row % 2):
                y = top + share * height + 0.1 - 0.3 * x * x
                brush.ellipse(left + x, y, 0.075, 0.075, tint, outline=False)
    elif kind == 2:
        y = top + 0.55 * height
        for x in (-0.1, 0.1):
            brush.ellipse(left + x, y, 0.2, 0.13, tint, math.copysign(0.8, -x), volume=0, outline=False)
