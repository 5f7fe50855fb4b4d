import math

import skia

from .. import colours
from ..brush import smooth_path
from ..shapes import polar


def draw(brush, rng):
    """A flower from the front: petals around a contrasting centre, over a short stem with two leaves."""
    petal, centre = _petal_and_centre(rng)
    green = colours.one_of(rng, (0.25, 0.58, 0.22), (0.2, 0.5, 0.3), (0.42, 0.6, 0.2))
    bend = rng.uniform(-0.12, 0.12)
    brush.curve([(0, -0.2), (bend, 0.5), (0, 0.95)], colours.lighter(green, -0.15), rng.uniform(0.09, 0.12))
    for side in (-1, 1):
        with brush.placed(
            bend / 2, rng.uniform(0.75, 0.85), rng.uniform(0.5, 0.68), rng.uniform(-0.15, 0.2) * side
        ):
            leaf = [(0, 0), (0.3, -0.42), (0.75, -0.55), (1.05, -0.5), (0.85, -0.2), (0.45, 0.04)]
            brush.blob([(side * x, y) for x, y in leaf], green)
            vein = [(side * 0.1, -0.06), (side * 0.5, -0.26), (side * 0.9, -0.44)]
            brush.curve(vein, colours.lighter(green, 0.35), 0.07)
    count, radius = int(rng.integers(6, 15)), rng.uniform(0.6, 0.66)
    turn = rng.uniform(0, 2 * math.pi)
    width = radius * rng.uniform(0.95, 1.2) * math.sin(math.pi / count)
    pointed = rng.uniform(0.35, 0.95)
    layers = [(0.5, -0.22), (0.0, 0.0)] if rng.uniform() < 0.5 else [(0.0, 0.0)]
    shape, rim = _petal_path(radius, width, pointed), colours.lighter(petal, -0.4)
    lines = skia.Path(shape)
    lines.moveTo(0.3 * radius, 0)
    lines.lineTo(0.68 * radius, 0)
    for shift, shade in layers:
        tints = [colours.lighter(colours.near(rng, petal, 0.01, 0.06, 0.06), shade) for _ in range(3)]
        for i in range(count):
            with brush.placed(0, -0.28, rng.uniform(0.95, 1.03), turn + (i + shift) * 2 * math.pi / count):
                brush.fill(shape, tints[i % 3], volume=None if shade == 0 else 0, outline=shade == 0)
                brush.stroke(lines, rim, 0.035)
    _flower_centre(brush, rng, 0, -0.28, radius * rng.uniform(0.27, 0.4), centre)


def _petal_and_centre(rng):
    """The colours of a flower's petals and of its centre, far from each other."""
    petals = [(0.96, 0.96, 0.93), (0.98, 0.82, 0.15), (0.95, 0.5, 0.7), (0.88, 0.15, 0.2)]
    petals += [(0.6, 0.35, 0.8), (0.35, 0.45, 0.9), (0.97, 0.52, 0.15)]
    petal = colours.one_of(rng, *petals, hue=0.03, saturation=0.12, value=0.1)
    centres = [(0.97, 0.78, 0.15), (0.4, 0.22, 0.1), (0.15, 0.1, 0.1), (0.95, 0.93, 0.7)]
    centres = [c for c in centres if colours.contrast(c, petal) > 0.6]
    return petal, colours.one_of(rng, *centres, hue=0.02, saturation=0.1, value=0.08)


def _petal_path(length, width, pointed):
    """A petal to the right of the origin: `pointed` is how wide it still is near its end."""
    side = [(0.45 * length, 0.75 * width), (0.78 * length, width * pointed)]
    points = [(0, 0), *((x, -y) for x, y in side), (length, 0), *reversed(side)]
    return smooth_path(points, closed=True)


def _flower_centre(brush, rng, x, y, radius, colour):
    """A shaded disc with a dark rim and rings of seeds."""
    brush.ball(x, y, radius, colour)
    brush.ring(x, y, radius, radius, colours.lighter(colour, -0.45), 0.04)
    seed = colours.lighter(colour, 0.5 if sum(colour) < 1 else -0.4)
    turn, dots = rng.uniform(0, 2 * math.pi), skia.Path()
    for share, count in ((0.65, 9), (0.25, 4)):
        for i in range(count):
            dx, dy = polar(share * radius, turn + 2 * math.pi * i / count)
            dots.addCircle(x + dx, y + dy, 0.026)
    brush.fill(dots, seed, volume=0, outline=False)
