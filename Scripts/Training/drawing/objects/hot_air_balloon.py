import math

import skia

from .. import colours
from ..brush import smooth_path
from ..shapes import three_colours


def draw(brush, rng):
    """A balloon: a big envelope of coloured gores that tapers downwards, ropes and a basket."""
    first, second, third = three_colours(rng)
    half, mouth = rng.uniform(0.7, 0.78), rng.uniform(0.14, 0.18)
    end = rng.uniform(0.4, 0.48)
    profile = [(0.0, -0.96), (0.45 * half, -0.91), (0.84 * half, -0.7), (half, -0.38)]
    profile += [(0.9 * half, -0.08), (0.62 * half, 0.18), (mouth, end)]
    rope, wicker = colours.near(rng, (0.35, 0.25, 0.18)), colours.near(rng, (0.62, 0.42, 0.22))
    for x in (-1, -0.3, 0.3, 1):
        brush.line([(x * mouth, end - 0.02), (x * 0.15, 0.75)], rope, 0.045)
    count = int(rng.integers(3, 6)) * 2 - 1
    tints = [first, second] if rng.uniform() < 0.6 else [first, second, third, second]
    edges = [math.sin(math.pi * (i / count - 0.5)) for i in range(count + 1)]
    envelope = _gore(profile, -1, 1)
    for i in range(count):
        place = abs(i - count // 2)
        brush.fill(_gore(profile, edges[i], edges[i + 1]), tints[place % len(tints)], outline=False)
    with brush.clipped(envelope):
        for edge in edges[1:-1]:
            line = smooth_path([(edge * x, y) for x, y in profile])
            brush.stroke(line, colours.lighter(first, -0.5), 0.03)
        if rng.uniform() < 0.4:
            y = rng.uniform(-0.4, -0.2)
            brush.curve([(-1, y - 0.06), (0, y + 0.06), (1, y - 0.06)], third, rng.uniform(0.14, 0.24))
        brush.curve([(-0.5, end - 0.08), (0, end - 0.04), (0.5, end - 0.08)], third, 0.1)
    brush.stroke(envelope, colours.lighter(first, -0.5), 0.04)
    brush.polygon([(-0.2, 0.7), (0.2, 0.7), (0.16, 0.97), (-0.16, 0.97)], wicker)
    for y in (0.79, 0.88):
        brush.line([(-0.15, y), (0.15, y)], colours.lighter(wicker, -0.35), 0.035)
    brush.line([(-0.2, 0.7), (0.2, 0.7)], colours.lighter(wicker, -0.5), 0.07)


def _gore(profile, left, right):
    """The part of a round body between two meridians; `profile` is its right edge from the top down."""
    path = smooth_path([(right * x, y) for x, y in profile])
    path.lineTo(left * profile[-1][0], profile[-1][1])
    back = smooth_path([(left * x, y) for x, y in reversed(profile)])
    path.addPath(back, skia.Path.AddPathMode.kExtend_AddPathMode)
    path.close()
    return path
