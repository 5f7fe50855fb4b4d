import numpy as np

from .. import colours
from ..brush import smooth_path, straight_path


def draw(brush, rng):
    """A striped horse from the side, with an upright mane, four legs and a tufted tail."""
    white = colours.near(rng, (0.95, 0.93, 0.88), 0.05, 0.08, 0.08)
    black = colours.near(rng, (0.08, 0.07, 0.07), 0.05, 0.1, 0.06)
    step = rng.uniform(-0.06, 0.06)
    brush.curve([(0.72, -0.25), (0.88, 0.0), (0.86, 0.3)], white, 0.07)
    brush.curve([(0.87, 0.1), (0.86, 0.38)], black, 0.11)
    legs = [(-0.38, -0.42 + step), (-0.2, -0.16 - step), (0.42, 0.4 + step), (0.6, 0.64 - step)]
    for top, foot in legs:
        leg = straight_path([(top - 0.1, 0.1), (top + 0.1, 0.1), (foot + 0.065, 0.92), (foot - 0.065, 0.92)])
        brush.fill(leg, white)
        with brush.clipped(leg):
            for y in np.arange(0.28, 0.85, 0.15):
                brush.line([(top - 0.3, y), (top + 0.3, y + 0.03)], black, 0.06)
        brush.line([(foot - 0.05, 0.93), (foot + 0.04, 0.93)], black, 0.09)
    mane = [(-0.3, -0.28), (-0.32, -0.62), (-0.5, -0.92), (-0.64, -0.9), (-0.55, -0.55)]
    brush.blob(mane, black)
    body = smooth_path(
        [(-0.5, 0.12), (-0.6, -0.12), (-0.72, -0.42), (-0.92, -0.36), (-0.97, -0.5), (-0.7, -0.84),
         (-0.54, -0.84), (-0.4, -0.5), (-0.2, -0.28), (0.3, -0.28), (0.66, -0.3), (0.78, -0.05),
         (0.7, 0.22), (0.3, 0.24), (-0.2, 0.28)], closed=True)
    brush.fill(body, white)
    with brush.clipped(body):
        gap = rng.uniform(0.15, 0.19)
        for x in np.arange(-0.36, 0.8, gap):
            brush.curve([(x - 0.02, -0.4), (x + 0.04, 0.0), (x - 0.02, 0.35)], black, 0.45 * gap)
        for i in range(5):
            x, y = -0.42 - 0.07 * i, -0.16 - 0.13 * i
            brush.line([(x - 0.3, y - 0.02), (x + 0.25, y - 0.16)], black, 0.06)
    brush.blob([(-0.99, -0.46), (-0.88, -0.36), (-0.82, -0.4), (-0.92, -0.54)], black, outline=False)
    brush.blob([(-0.62, -0.78), (-0.66, -0.98), (-0.56, -0.94), (-0.52, -0.8)], white)
    brush.ellipse(-0.72, -0.66, 0.045, 0.045, (0.02, 0.02, 0.02), outline=False)
