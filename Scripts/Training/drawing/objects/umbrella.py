import math

import numpy as np
import skia

from .. import colours
from ..brush import smooth_path
from ..shapes import DARK, arc, three_colours


def draw(brush, rng):
    """An open umbrella from the side: a dome of coloured panels, a tip, a shaft with a hooked handle."""
    first, second, third = three_colours(rng)
    kind = rng.uniform()
    tints = [first] if kind < 0.3 else [first, second] if kind < 0.75 else [first, second, third]
    half, top, edge = rng.uniform(0.86, 0.95), rng.uniform(-0.82, -0.74), rng.uniform(0.02, 0.12)
    metal = colours.one_of(rng, DARK, (0.75, 0.75, 0.78), (0.5, 0.33, 0.2))
    handle = colours.one_of(rng, (0.5, 0.3, 0.14), (0.18, 0.15, 0.15), first, second)
    hook = rng.uniform(0.14, 0.18)
    brush.line([(0, -0.95), (0, top + 0.1)], metal, 0.09)
    brush.line([(0, top), (0, 0.7)], metal, 0.09)
    brush.line([(0, 0.55), (0, 0.95 - hook)], handle, 0.13)
    arc(brush, hook, 0.93 - hook, hook, 0, 180, handle, 0.13)
    count = int(rng.integers(4, 8))
    ribs = [math.sin(math.pi * (i / count - 0.5)) for i in range(count + 1)]
    whole = _panel(half, top, edge, ribs)
    for i in range(count):
        brush.fill(_panel(half, top, edge, ribs[i : i + 2]), tints[i % len(tints)], outline=False)
    if len(tints) == 1 and rng.uniform() < 0.6:
        with brush.clipped(whole):
            _umbrella_pattern(brush, rng, second, half, top, edge)
    for rib in ribs[1:-1]:
        brush.curve(_rib(half, top, edge, rib), colours.lighter(first, -0.5), 0.04)
    brush.stroke(whole, colours.lighter(first, -0.5), 0.04)


def _rib(half, top, edge, share):
    """Points from an umbrella's top down a rib that ends at `share` (-1…1) of its half width."""
    end = edge + 0.08 * (1 - share * share)
    angles = np.linspace(0, 0.5 * math.pi, 5)
    return [(share * half * math.sin(a), end - (end - top) * math.cos(a)) for a in angles]


def _panel(half, top, edge, ribs):
    """The dome between the first and the last of `ribs`, its lower edge arched from rib to rib."""
    path = smooth_path(_rib(half, top, edge, ribs[0]))
    for left, right in zip(ribs, ribs[1:]):
        x, y = _rib(half, top, edge, right)[-1]
        path.quadTo(0.5 * half * (left + right), y - 0.14, x, y)
    back = smooth_path(_rib(half, top, edge, ribs[-1])[::-1])
    path.addPath(back, skia.Path.AddPathMode.kExtend_AddPathMode)
    path.close()
    return path


def _umbrella_pattern(brush, rng, colour, half, top, edge):
    """Dots all over the dome, or a band along its edge."""
    if rng.uniform() < 0.6:
        for share in (-0.85, -0.5, -0.17, 0.17, 0.5, 0.85):
            points = _rib(half, top, edge, share)
            for x, y in points[1:4:2] if abs(share) < 0.3 else points[2:3]:
                brush.ellipse(x, y, 0.08, 0.08, colour, outline=False)
    else:
        brush.curve([(-half, edge - 0.2), (0, edge - 0.1), (half, edge - 0.2)], colour, 0.13)
