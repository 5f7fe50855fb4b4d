import math

import skia

from .. import colours
from ..brush import straight_path
from ..shapes import tiles


def draw(brush, rng):
    """Hexagonal cells with darker rims all over the picture, some filled, some empty and dark."""
    tints = [(0.95, 0.68, 0.15), (0.9, 0.55, 0.1), (0.97, 0.8, 0.35), (0.75, 0.48, 0.18)]
    honey = colours.one_of(rng, *tints, hue=0.015, saturation=0.15, value=0.1)
    if rng.uniform() < 0.12:
        honey = colours.anything(rng, (0.3, 0.8), (0.6, 0.95))
    rim = colours.lighter(honey, rng.uniform(-0.7, -0.52))
    width, wall = rng.uniform(0.36, 0.5), rng.uniform(0.76, 0.84)
    shades = [0.0] * 5 + [-0.3] * rng.integers(1, 3) + [rng.uniform(0.3, 0.55)] * rng.integers(0, 2)
    kinds = [
        (colours.lighter(colours.near(rng, honey, 0.015, 0.08, 0.08), shade), skia.Path()) for shade in shades
    ]
    radius, step = width / math.sqrt(3), width * math.sqrt(3) / 2
    floors, glints, dx, dy = skia.Path(), skia.Path(), math.cos(brush.light), math.sin(brush.light)
    for row, column in tiles(brush, width, step):
        x, y = (column + 0.5 * (row % 2)) * width, row * step
        kinds[rng.integers(len(kinds))][1].addPath(_hexagon(x, y, wall * radius))
        floors.addPath(_hexagon(x - 0.1 * radius * dx, y - 0.1 * radius * dy, 0.54 * radius))
        x, y = x + 0.28 * radius * dx, y + 0.28 * radius * dy
        glints.moveTo(x - 0.17 * radius * dy, y + 0.17 * radius * dx)
        glints.lineTo(x + 0.17 * radius * dy, y - 0.17 * radius * dx)
    brush.canvas.clear(skia.Color4f(*rim, 1.0))
    for colour, cells in kinds:
        brush.fill(cells, colour, volume=0, outline=False)
    brush.fill(floors, rim, volume=0, alpha=rng.uniform(0.2, 0.4), outline=False)
    brush.stroke(glints, (1, 1, 1), 0.17 * radius, alpha=rng.uniform(0.2, 0.7))


def _hexagon(x, y, radius):
    """A regular hexagon with a corner up."""
    across = radius * math.sqrt(3) / 2
    right = [(x + across, y - radius / 2), (x + across, y + radius / 2)]
    left = [(x - across, y + radius / 2), (x - across, y - radius / 2)]
    return straight_path([(x, y - radius), *right, (x, y + radius), *left])
