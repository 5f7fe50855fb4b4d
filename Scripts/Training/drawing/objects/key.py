import skia

from .. import colours
from ..brush import ellipse_path, straight_path
from ..shapes import box


def draw(brush, rng):
    """An old-fashioned key, upright: a bow with a hole at the top, a shaft, a bit with teeth below."""
    metals = [(0.85, 0.65, 0.2), (0.72, 0.73, 0.76), (0.7, 0.42, 0.22), (0.4, 0.37, 0.36)]
    metal = colours.one_of(rng, *metals, value=0.12)
    if rng.uniform() < 0.2:
        metal = colours.anything(rng, (0.5, 0.9), (0.5, 0.95))
    dark, bright = colours.lighter(metal, -0.5), colours.lighter(metal, 0.5)
    width, long = rng.uniform(0.075, 0.095), rng.uniform(0.88, 0.95)
    bow = _bow(rng)
    bottom = bow.computeTightBounds().bottom()
    teeth = _teeth(rng, long - rng.uniform(0.06, 0.12))
    shaft = straight_path(box(-width, bottom - 0.06, width, long))
    for path in (straight_path(teeth), shaft, bow):
        brush.fill(path, metal)
        brush.stroke(path, dark, 0.04)
    brush.line([(-0.3 * width, bottom + 0.12), (-0.3 * width, long - 0.06)], bright, 0.04)
    for y in (bottom + 0.02, bottom + 0.16)[: int(rng.integers(1, 3))]:
        brush.line([(-width - 0.06, y), (width + 0.06, y)], dark, 0.13)
        brush.line([(-width - 0.06, y), (width + 0.06, y)], metal, 0.08)


def _bow(rng):
    """A key's bow at the top of the square: a round or oval ring, a clover of three rings or a heart."""
    kind = rng.uniform()
    path = skia.Path()
    path.setFillType(skia.PathFillType.kEvenOdd)
    if kind < 0.7:
        rx, ry = rng.uniform(0.38, 0.5), rng.uniform(0.36, 0.42)
        thick = rng.uniform(0.14, 0.18)
        path.addPath(ellipse_path(0, -0.95 + ry, rx, ry))
        path.addPath(ellipse_path(0, -0.95 + ry, rx - thick, ry - thick))
        return path
    rings = [(0, -0.68), (-0.27, -0.34), (0.27, -0.34)]
    for x, y in rings:
        path = skia.Op(path, ellipse_path(x, y, 0.27, 0.27), skia.PathOp.kUnion_PathOp)
    for x, y in rings:
        path = skia.Op(path, ellipse_path(x, y, 0.12, 0.12), skia.PathOp.kDifference_PathOp)
    return path


def _teeth(rng, bottom):
    """The outline of a key's bit: a plate to the right of the shaft with one or two notches."""
    height, reach = rng.uniform(0.4, 0.48), rng.uniform(0.42, 0.52)
    top, points = bottom - height, [(0, bottom - height)]
    count = int(rng.integers(2, 4))
    step = height / (2 * count - 1)
    for i in range(count):
        out = reach * (1 if i in (0, count - 1) else rng.uniform(0.75, 1.0))
        points += [(out, top + 2 * i * step), (out, top + (2 * i + 1) * step)]
        if i < count - 1:
            points += [(0.5 * reach, top + (2 * i + 1) * step), (0.5 * reach, top + (2 * i + 2) * step)]
    return [*points, (0, bottom)]
