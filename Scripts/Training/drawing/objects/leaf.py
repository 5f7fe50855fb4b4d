import math

from .. import colours
from ..brush import smooth_path, straight_path


def draw(brush, rng):
    """A single big leaf, its tip up, with a stalk, a midrib and side veins; mostly a toothed oval."""
    greens = [(0.3, 0.6, 0.2), (0.2, 0.5, 0.2), (0.5, 0.68, 0.22), (0.15, 0.45, 0.28)]
    autumn = [(0.88, 0.5, 0.12), (0.78, 0.22, 0.12), (0.9, 0.75, 0.2), (0.55, 0.33, 0.15)]
    tints = autumn if rng.uniform() < 0.25 else greens
    colour = colours.one_of(rng, *tints, hue=0.03, saturation=0.12, value=0.12)
    vein, dark = colours.lighter(colour, rng.uniform(0.4, 0.6)), colours.lighter(colour, -0.45)
    if rng.uniform() < 0.3:
        vein = dark
    bend, kind = rng.uniform(-0.12, 0.12), rng.uniform()
    brush.curve([(0, 0.45), (bend / 2, 0.75), (1.5 * bend, 0.97)], colours.lighter(colour, -0.25), 0.1)
    if kind < 0.1:
        shape, veins = _maple_leaf(rng)
    elif kind < 0.22:
        shape, veins = _oval_leaf(rng, 5, 0.3, rounded=True)
    else:
        shape, veins = _oval_leaf(rng, int(rng.integers(9, 14)), rng.choice([0.05, 0.1, 0.13]))
    brush.fill(shape, colour)
    with brush.clipped(shape):
        half = [(0, -1), (1, -1), (1, 1), (0, 1)]
        brush.polygon(half, dark, alpha=0.4, volume=0, outline=False)
        for points in veins:
            brush.curve(points, vein, 0.05)
            brush.curve([(-x, y) for x, y in points], vein, 0.05)
        if rng.uniform() < 0.25:
            for x, y in rng.uniform((-0.4, -0.5), (0.4, 0.4), (4, 2)):
                brush.ellipse(x, y, 0.05, 0.04, dark, outline=False)
    brush.stroke(shape, dark, 0.035)
    brush.line([(0, 0.62), (0, -0.3)], vein, 0.085)
    brush.line([(0, -0.3), (0, -0.82)], vein, 0.055)


def _oval_leaf(rng, teeth, depth, rounded=False):
    """A pointed oval with teeth (or with round lobes), and the veins of its right side."""
    width, count = rng.uniform(0.46, 0.6), int(rng.integers(5, 8))

    def reach(y):
        share = min(max((0.62 - y) / 1.56, 0.0), 1.0)
        return width * math.sin(math.pi * share**0.75) ** 0.9

    right, veins = [], []
    for i in range(2 * teeth):
        y = 0.6 - 1.5 * (i + 0.5) / (2 * teeth)
        right.append((reach(y) * (1 + depth / 3 if i % 2 else 1 - depth), y - (0.04 if i % 2 else 0)))
    for i in range(count):
        y = 0.46 - 1.1 * i / count
        end = reach(y - 0.22)
        veins.append([(0, y), (0.5 * end, y - 0.09), (0.92 * end, y - 0.24)])
    points = [(0, 0.62), *right, (0, -0.95), *((-x, y) for x, y in reversed(right))]
    return (smooth_path(points, closed=True) if rounded else straight_path(points)), veins


def _maple_leaf(rng):
    """A leaf of five toothed lobes, and the veins of its right side."""
    right = [(0.3, 0.52), (0.52, 0.42), (0.4, 0.28), (0.72, 0.24), (0.92, 0.05), (0.74, -0.06)]
    right += [(0.78, -0.22), (0.42, -0.12), (0.62, -0.36), (0.68, -0.6), (0.46, -0.52), (0.24, -0.4)]
    right += [(0.34, -0.66), (0.16, -0.7)]
    stretch = rng.uniform(0.9, 1.04)
    right = [(x * stretch, y) for x, y in right]
    veins = [[(0, 0.45), (x * stretch, y)] for x, y in ((0.62, -0.5), (0.85, 0.08), (0.5, 0.42))]
    return straight_path([(0, 0.5), *right, (0, -0.95), *((-x, y) for x, y in reversed(right))]), veins
