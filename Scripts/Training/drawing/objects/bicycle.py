import math

import numpy as np

from .. import colours
from ..shapes import DARK, WHITE, arc


def draw(brush, rng):
    """A bicycle from its right side: two spoked wheels, a diamond frame, a saddle, pedals, a handlebar."""
    frame = colours.anything(rng, (0.6, 1.0), (0.5, 1.0))
    if rng.uniform() < 0.2:
        frame = colours.one_of(rng, WHITE, DARK, value=0.05)
    metal = colours.near(rng, (0.85, 0.85, 0.87), value=0.12)
    radius, width = rng.uniform(0.39, 0.43), rng.uniform(0.09, 0.12)
    rear, front, crank = np.array([-0.55, 0.4]), np.array([0.55, 0.4]), np.array([-0.06, 0.42])
    _wheels(brush, rng, (rear, front), radius, metal)
    seat = np.array([rng.uniform(-0.28, -0.22), rng.uniform(-0.28, -0.2)])
    head = np.array([rng.uniform(0.3, 0.36), rng.uniform(-0.34, -0.26)])
    top = seat + (0.04, 0.14 if rng.uniform() < 0.3 else 0.04)
    bars = [[rear, crank, head + (0.04, 0.16)], [rear, top, head], [crank, seat], [head, front]]
    edge = colours.lighter(frame, -0.65 if sum(frame) > 0.8 else 0.6)
    mudguards = (rear, front) if rng.uniform() < 0.3 else ()
    for colour, extra in ((edge, 0.05), (frame, 0.0)):
        for hub in mudguards:
            arc(brush, *hub, radius + 0.1, -160, 120, colour, 0.06 + extra)
        for bar in bars:
            brush.line(bar, colour, width + extra)
    saddle = [(-0.28, -0.24), (-0.05, -0.24), (0.17, -0.2), (0.05, -0.13), (-0.2, -0.12)]
    brush.line([seat, seat - (0.04, 0.18)], metal, 0.08)
    brush.blob([seat + point for point in saddle], colours.one_of(rng, DARK, (0.45, 0.25, 0.12)))
    grip = head - (0.05, 0.26)
    brush.line([head, grip], metal, 0.09)
    dropped = [(0.22, -0.02), (0.3, 0.12), (0.14, 0.2)]
    ends = dropped if rng.uniform() < 0.5 else [(0.0, -0.06), (-0.22, 0.0)]
    brush.curve([grip, *(grip + end for end in ends)], DARK, 0.1)
    _pedals(brush, crank, rng.uniform(0.3, 1.2), metal)


def _wheels(brush, rng, hubs, radius, metal):
    """Two wheels of the same make, with tyres, metal rims and spokes."""
    tyre = DARK if rng.uniform() < 0.85 else colours.one_of(rng, (0.45, 0.28, 0.18), (0.9, 0.88, 0.82))
    inner = metal if sum(tyre) < 2 else colours.lighter(metal, -0.6)
    count, turn = int(rng.integers(4, 7)), rng.uniform(0, math.pi)
    for hub in hubs:
        for angle in turn + np.arange(count) * math.pi / count:
            arm = radius * np.array([math.cos(angle), math.sin(angle)])
            brush.line([hub - arm, hub + arm], inner, 0.05)
        brush.ring(*hub, radius - 0.07, radius - 0.07, inner, 0.07)
        brush.ring(*hub, radius, radius, tyre, 0.11)
        brush.ellipse(*hub, 0.08, 0.08, inner)


def _pedals(brush, crank, angle, metal):
    """A chain wheel with two pedals, turned by `angle`."""
    arm = 0.25 * np.array([math.cos(angle), math.sin(angle)])
    brush.ellipse(*crank, 0.13, 0.13, metal)
    brush.line([crank - arm, crank + arm], DARK, 0.07)
    for end in (crank - arm, crank + arm):
        brush.line([end - (0.09, 0), end + (0.09, 0)], DARK, 0.09)
