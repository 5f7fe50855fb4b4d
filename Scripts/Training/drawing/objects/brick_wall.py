import math

import skia

from .. import colours
from ..shapes import tiles


def draw(brush, rng):
    """A wall of bricks in running bond with joints of mortar, all over the picture."""
    reds = [(0.68, 0.27, 0.2), (0.6, 0.22, 0.16), (0.75, 0.38, 0.26), (0.52, 0.3, 0.22)]
    others = [(0.85, 0.7, 0.4), (0.55, 0.54, 0.54), (0.9, 0.89, 0.86)]
    tints = reds if rng.uniform() < 0.75 else others
    brick = colours.one_of(rng, *tints, hue=0.015, saturation=0.1, value=0.08)
    mortars = [(0.85, 0.82, 0.76), (0.65, 0.63, 0.6), (0.3, 0.28, 0.27)]
    mortars = [mortar for mortar in mortars if colours.contrast(mortar, brick) > 0.4]
    mortar = colours.one_of(rng, *mortars, hue=0.02, saturation=0.04, value=0.04)
    length, height, joint = rng.uniform(0.62, 0.85), rng.uniform(0.27, 0.36), rng.uniform(0.055, 0.08)
    variety, slips = rng.uniform(0.04, 0.14), rng.uniform(-0.03, 0.03, 7)
    shades = rng.uniform(-2, 0.8, 10) * variety
    kinds = [
        (colours.lighter(colours.near(rng, brick, 0.012, 0.1, variety), shade), skia.Path())
        for shade in shades
    ]
    upper, lower, pits = skia.Path(), skia.Path(), skia.Path()
    for row, column in tiles(brush, length, height):
        left, top = (column + 0.5 * (row % 2)) * length + slips[row % 7], row * height
        right, bottom = left + length - joint, top + height - joint
        kinds[rng.integers(len(kinds))][1].addRect(skia.Rect.MakeLTRB(left, top, right, bottom))
        for edge, y in ((upper, top + 0.025), (lower, bottom - 0.025)):
            edge.moveTo(left + 0.03, y)
            edge.lineTo(right - 0.03, y)
        for across, down in rng.uniform(0.15, 0.85, (rng.integers(0, 3), 2)):
            x, y = left + across * (right - left), top + down * (bottom - top)
            pits.addOval(skia.Rect.MakeLTRB(x - 0.04, y - 0.025, x + 0.04, y + 0.025))
    brush.canvas.clear(skia.Color4f(*mortar, 1.0))
    for colour, bricks in kinds:
        brush.fill(bricks, colour, volume=0)
    lit, unlit = (upper, lower) if math.sin(brush.light) < 0 else (lower, upper)
    brush.stroke(lit, (1, 1, 1), 0.045, alpha=0.05 + 0.25 * brush.volume)
    brush.stroke(unlit, (0, 0, 0), 0.045, alpha=0.1 + 0.3 * brush.volume)
    brush.fill(pits, (0, 0, 0), volume=0, alpha=0.3, outline=False)
