import numpy as np

from .. import colours
from ..brush import smooth_path
from ..shapes import WHITE


def draw(brush, rng):
    """A boat from the side: a hull, a mast with a large and a small sail, sometimes waves and a flag."""
    sail = WHITE if rng.uniform() < 0.55 else colours.anything(rng, (0.4, 0.85), (0.75, 1.0))
    second = sail if rng.uniform() < 0.5 else colours.anything(rng, (0.4, 0.9), (0.7, 1.0))
    wood = colours.near(rng, (0.45, 0.28, 0.15))
    mast, deck = rng.uniform(-0.02, 0.12), rng.uniform(0.42, 0.5)
    brush.line([(mast, deck + 0.1), (mast, -0.92)], wood, 0.09)
    if rng.uniform() < 0.5:
        flag = [(mast, -0.98), (mast - 0.34, -0.88), (mast, -0.76)]
        brush.polygon(flag, colours.anything(rng, (0.7, 1.0), (0.7, 1.0)))
    foot, top = deck - rng.uniform(0.1, 0.16), rng.uniform(-0.8, -0.7)
    big = smooth_path([(mast - 0.06, top), (mast - 0.34, -0.25), (-rng.uniform(0.72, 0.85), foot)])
    big.lineTo(mast - 0.06, foot)
    big.close()
    clew = (rng.uniform(0.72, 0.85), foot - 0.02)
    small = smooth_path([(mast + 0.08, top + 0.08), (mast + 0.4, -0.15), clew])
    small.lineTo(mast + 0.08, foot - 0.02)
    small.close()
    for path, colour in ((big, sail), (small, second)):
        brush.fill(path, colour)
        with brush.clipped(path):
            _sail_pattern(brush, rng, colour)
        brush.stroke(path, colours.lighter(colour, -0.45), 0.035)
    brush.line([(mast, foot + 0.05), (-0.75, foot + 0.05)], wood, 0.06)
    _hull(brush, rng, deck)
    if rng.uniform() < 0.65:
        _waves(brush, rng, 0.84)


def _hull(brush, rng, deck):
    """A boat's hull below `deck` with a stripe, sometimes with portholes."""
    hull = colours.anything(rng, (0.3, 0.9), (0.25, 0.9))
    shape = smooth_path([(0.95, deck - 0.04), (0.78, 0.68), (0.55, 0.88)])
    shape.lineTo(-0.62, 0.88)
    shape.lineTo(-0.85, deck)
    shape.close()
    brush.fill(shape, hull)
    with brush.clipped(shape):
        stripe = WHITE if rng.uniform() < 0.6 else colours.lighter(hull, -0.5)
        brush.line([(-1, deck + 0.06), (1, deck + 0.02)], stripe, 0.11)
    if rng.uniform() < 0.5:
        for x in (-0.4, -0.05, 0.3):
            brush.ellipse(x, deck + 0.24, 0.065, 0.065, colours.lighter(hull, 0.75), outline=False)


def _sail_pattern(brush, rng, colour):
    """Seams across a sail, or broad stripes."""
    if rng.uniform() < 0.6:
        for y in np.arange(-0.55, 0.4, 0.27):
            brush.line([(-1, y + 0.08), (1, y - 0.06)], colours.lighter(colour, -0.22), 0.035)
    else:
        stripe = colours.anything(rng, (0.6, 0.95), (0.5, 0.95))
        for y in np.arange(-0.35, 0.5, rng.uniform(0.36, 0.5)):
            brush.line([(-1, y), (1, y)], stripe, 0.14)


def _waves(brush, rng, y):
    """A strip of water with a wavy crest at `y`, over the whole width."""
    water = colours.near(rng, (0.2, 0.48, 0.75), 0.06)
    crest = [(x, y + (0.05 if i % 2 else -0.05)) for i, x in enumerate(np.linspace(-1, 1, 11))]
    path = smooth_path(crest)
    path.lineTo(0.9, 1.0)
    path.lineTo(-0.9, 1.0)
    path.close()
    brush.fill(path, water)
    brush.curve(crest, colours.lighter(water, 0.6), 0.05)
