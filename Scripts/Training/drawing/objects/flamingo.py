import numpy as np

from .. import colours
from ..brush import ellipse_path, smooth_path


def draw(brush, rng):
    """A bird on one or two thin legs, with an S-shaped neck and a bent bill, in pinks."""
    pink = colours.one_of(rng, (0.98, 0.55, 0.6), (0.98, 0.45, 0.4), (0.95, 0.6, 0.75), hue=0.03)
    leg = colours.near(rng, (0.9, 0.5, 0.5), 0.03)
    sway = rng.uniform(-0.06, 0.06)
    hip, foot = (-0.18 + sway, 0.3), (-0.15, 0.95)
    brush.line([hip, (-0.2, 0.6), foot, (-0.02, 0.97)], leg, 0.06)
    if rng.uniform() < 0.5:
        brush.line([(-0.1, 0.3), (0.2, 0.5), (-0.08, 0.65)], leg, 0.055)
    else:
        brush.line([(-0.02, 0.3), (0.05, 0.6), (0.02, 0.95), (0.16, 0.97)], leg, 0.055)
    head = np.array([0.42 + sway, -0.78])
    neck = [(0.1, 0.12), (0.42, -0.05), (0.36, -0.3), (0.12, -0.45), (0.16, -0.72), tuple(head)]
    bill = smooth_path([head + (0.08, -0.1), head + (0.3, -0.02), head + (0.36, 0.16), head + (0.3, 0.32),
                        head + (0.2, 0.16), head + (0.06, 0.1)], closed=True)
    if brush.outline > 0:
        brush.curve(neck, brush.ink, 0.16 + brush.outline)
        brush.stroke(bill, brush.ink, brush.outline)
        brush.stroke(ellipse_path(*head, 0.15, 0.12), brush.ink, brush.outline)
    brush.blob(
        [(-0.85, 0.22), (-0.5, -0.05), (-0.05, -0.15), (0.22, 0.02), (0.2, 0.28), (-0.1, 0.42), (-0.5, 0.38)],
        pink,
    )
    brush.blob(
        [(-0.85, 0.2), (-0.5, 0.0), (-0.1, 0.0), (0.05, 0.15), (-0.25, 0.3), (-0.55, 0.32)],
        colours.lighter(pink, rng.uniform(-0.25, 0.2)),
        outline=False,
    )
    brush.curve(neck, pink, 0.16)
    brush.fill(bill, colours.near(rng, (0.95, 0.85, 0.8)), outline=False)
    with brush.clipped(bill):
        brush.ellipse(*(head + (0.34, 0.28)), 0.2, 0.16, (0.08, 0.06, 0.08), volume=0, outline=False)
    brush.ellipse(*head, 0.15, 0.12, pink, outline=False)
    brush.ellipse(*(head + (0.02, -0.02)), 0.035, 0.035, (0.1, 0.05, 0.05), outline=False)
