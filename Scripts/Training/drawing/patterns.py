"""Patterns that fill the picture, and signs, drawn around a square of -1…1 by `draw_…(brush, rng)`."""

import math

import numpy as np
import skia

from . import colours
from .brush import smooth_path, straight_path


def draw_honeycomb(brush, rng):
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
    for row, column in _tiles(brush, width, step):
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


def draw_brick_wall(brush, rng):
    """A wall of bricks in running bond with joints of mortar, all over the picture."""
    reds = [(0.68, 0.27, 0.2), (0.6, 0.22, 0.16), (0.75, 0.38, 0.26), (0.52, 0.3, 0.22)]
    others = [(0.85, 0.7, 0.4), (0.55, 0.54, 0.54), (0.9, 0.89, 0.86)]
    tints = reds if rng.uniform() < 0.75 else others
    brick = colours.one_of(rng, *tints, hue=0.015, saturation=0.1, value=0.08)
    mortars = [(0.85, 0.82, 0.76), (0.65, 0.63, 0.6), (0.3, 0.28, 0.27)]
    mortars = [mortar for mortar in mortars if colours.contrast(mortar, brick) > 0.4]
    mortar = colours.one_of(rng, *mortars, hue=0.02, saturation=0.04, value=0.04)
    length, height, joint = rng.uniform(0.62, 0.85), rng.uniform(0.27, 0.36), rng.uniform(0.055, 0.08)
    variety, slips = rng.uniform(0.04, 0.14), rng.uniform(-0.03, 0.03, 7)
    shades = rng.uniform(-2, 0.8, 10) * variety
    kinds = [
        (colours.lighter(colours.near(rng, brick, 0.012, 0.1, variety), shade), skia.Path())
        for shade in shades
    ]
    upper, lower, pits = skia.Path(), skia.Path(), skia.Path()
    for row, column in _tiles(brush, length, height):
        left, top = (column + 0.5 * (row % 2)) * length + slips[row % 7], row * height
        right, bottom = left + length - joint, top + height - joint
        kinds[rng.integers(len(kinds))][1].addRect(skia.Rect.MakeLTRB(left, top, right, bottom))
        for edge, y in ((upper, top + 0.025), (lower, bottom - 0.025)):
            edge.moveTo(left + 0.03, y)
            edge.lineTo(right - 0.03, y)
        for across, down in rng.uniform(0.15, 0.85, (rng.integers(0, 3), 2)):
            x, y = left + across * (right - left), top + down * (bottom - top)
            pits.addOval(skia.Rect.MakeLTRB(x - 0.04, y - 0.025, x + 0.04, y + 0.025))
    brush.canvas.clear(skia.Color4f(*mortar, 1.0))
    for colour, bricks in kinds:
        brush.fill(bricks, colour, volume=0)
    lit, unlit = (upper, lower) if math.sin(brush.light) < 0 else (lower, upper)
    brush.stroke(lit, (1, 1, 1), 0.045, alpha=0.05 + 0.25 * brush.volume)
    brush.stroke(unlit, (0, 0, 0), 0.045, alpha=0.1 + 0.3 * brush.volume)
    brush.fill(pits, (0, 0, 0), volume=0, alpha=0.3, outline=False)


def draw_eye(brush, rng):
    """One big human eye with iris, pupil and highlight, lids, lashes and brow in a patch of skin."""
    skins = [(0.96, 0.8, 0.7), (0.88, 0.68, 0.54), (0.72, 0.5, 0.36), (0.5, 0.33, 0.23), (0.35, 0.22, 0.16)]
    skin = colours.one_of(rng, *skins, hue=0.015, saturation=0.08, value=0.05)
    hairs = [(0.1, 0.07, 0.06), (0.25, 0.15, 0.09), (0.4, 0.26, 0.14)]
    hairs = [hair for hair in hairs if colours.contrast(hair, skin) > 0.35] or [(0.05, 0.03, 0.03)]
    hair = colours.one_of(rng, *hairs, hue=0.02, value=0.03)
    size = rng.uniform(1.02, 1.5)
    patch = [(-1, -0.55), (-0.6, -0.95), (0.6, -0.98), (1, -0.5)]
    patch += [(0.98, 0.45), (0.5, 0.8), (-0.5, 0.8), (-0.98, 0.4)]
    brush.blob([(size * x, size * y) for x, y in patch], skin)
    upper, lower, tilt = rng.uniform(0.36, 0.46), rng.uniform(0.28, 0.38), rng.uniform(-0.06, 0.06)
    lid = [(-0.86, 0.14 + tilt), (-0.5, 0.12 - 0.72 * upper), (0, 0.08 - upper)]
    lid += [(0.5, 0.1 - 0.7 * upper), (0.86, 0.08)]
    rim = [(0.5, 0.1 + 0.75 * lower), (0, 0.12 + lower), (-0.5, 0.12 + 0.78 * lower)]
    crease = [(x, y - rng.uniform(0.13, 0.15) * (1.2 - abs(x))) for x, y in lid]
    brush.curve(crease, colours.lighter(skin, -0.4), 0.055)
    white = smooth_path([*lid, *rim], closed=True)
    brush.fill(white, colours.near(rng, (0.95, 0.94, 0.93), 0.5, 0.02, 0.04), volume=0.3 * brush.volume)
    with brush.clipped(white):
        brush.ellipse(-0.86, 0.14 + tilt, 0.12, 0.1, (0.88, 0.55, 0.52), outline=False)
        _iris(brush, rng, rng.uniform(-0.1, 0.1), 0.09, rng.uniform(0.34, 0.4))
        brush.curve([(x, y + 0.06) for x, y in lid], (0.2, 0.15, 0.15), 0.1, alpha=0.35)
    brush.curve([lid[-1], *rim, lid[0]], colours.lighter(skin, -0.45), 0.05)
    brush.curve(lid, colours.lighter(hair, -0.3), rng.uniform(0.075, 0.1))
    _lashes(brush, rng, lid, rim, hair)
    _brow(brush, hair, rng.uniform(-0.06, 0.02))


def _brow(brush, hair, rise):
    """An arched eyebrow with a few lighter hairs."""
    arch = [(-0.82, -0.52), (-0.3, -0.72), (0.3, -0.76), (0.88, -0.5)]
    arch += [(0.3, -0.62), (-0.3, -0.54), (-0.8, -0.36)]
    brush.blob([(x, y + rise) for x, y in arch], hair, outline=False)
    hairs = skia.Path()
    for x in np.linspace(-0.7, 0.5, 7).tolist():
        y = rise - 0.6 + 0.16 * x * x
        hairs.moveTo(x, y + 0.05)
        hairs.lineTo(x + 0.14, y - 0.07)
    brush.stroke(hairs, colours.lighter(hair, 0.18), 0.03)


def _iris(brush, rng, x, y, radius):
    """An iris with radial fibres and a dark rim around a pupil, and the glint of a window."""
    irises = [(0.35, 0.2, 0.1), (0.5, 0.32, 0.14), (0.3, 0.55, 0.8), (0.35, 0.55, 0.35), (0.5, 0.58, 0.62)]
    iris = colours.one_of(rng, *irises, hue=0.03, saturation=0.12, value=0.1)
    brush.ellipse(x, y, radius, radius, iris, outline=False)
    pupil, turn = radius * rng.uniform(0.38, 0.5), rng.uniform(0, 0.3)
    fibres = skia.Path(), skia.Path()
    for i in range(20):
        dx, dy = math.cos(turn + 0.1 * math.pi * i), math.sin(turn + 0.1 * math.pi * i)
        start, end = 0.35 * radius, rng.uniform(0.75, 0.95) * radius
        fibres[i % 2].moveTo(x + start * dx, y + start * dy)
        fibres[i % 2].lineTo(x + end * dx, y + end * dy)
    brush.stroke(fibres[0], colours.lighter(iris, -0.3), 0.03)
    brush.stroke(fibres[1], colours.lighter(iris, 0.35), 0.03)
    brush.ring(x, y, radius, radius, colours.lighter(iris, -0.7), 0.06)
    brush.ellipse(x, y, pupil, pupil, (0.04, 0.03, 0.04), volume=0, outline=False)
    side = 1 if math.cos(brush.light) > 0 else -1
    brush.ellipse(x + side * 0.12, y - 0.13, 0.075, 0.07, (1, 1, 1), volume=0, outline=False)
    brush.ellipse(x - side * 0.1, y + 0.15, 0.035, 0.03, (1, 1, 1), volume=0, alpha=0.7, outline=False)


def _lashes(brush, rng, lid, rim, hair):
    """Lashes that fan out from the upper lid, and shorter ones below the lower."""
    length, lashes = rng.uniform(0.14, 0.22), skia.Path()
    xs, ys = zip(*lid)
    for x in np.linspace(-0.68, 0.82, 9).tolist():
        y, lean = float(np.interp(x, xs, ys)), 0.9 * x
        lashes.moveTo(x, y)
        lashes.quadTo(x + 0.3 * length * lean, y - 0.7 * length, x + length * lean, y - length)
    brush.stroke(lashes, hair, 0.045)
    roots = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip([lid[-1], *rim], rim)] + rim
    lashes = skia.Path()
    for x, y in roots:
        lashes.moveTo(x, y + 0.02)
        lashes.lineTo(1.12 * x, y + 0.11)
    brush.stroke(lashes, hair, 0.035)


def draw_star(brush, rng):
    """A five-pointed star, its tip up: plain and rimmed, bevelled into facets, or rounded and glossy."""
    colour = colours.anything(rng, (0.35, 1.0), (0.45, 1.0))
    if rng.uniform() < 0.45:
        colour = colours.one_of(
            rng, (0.98, 0.8, 0.15), (0.95, 0.65, 0.1), (0.88, 0.15, 0.12), (0.9, 0.9, 0.92)
        )
    edge = colours.lighter(colour, -0.5 if rng.uniform() < 0.75 else 0.65)
    inner, kind = rng.uniform(0.38, 0.5), rng.uniform()
    if kind < 0.4:
        _facets(brush, _star_points(0.97, inner), colour)
        brush.stroke(_star(0.97, inner), edge, 0.045)
    elif kind < 0.7:
        path = _star(0.82, inner + 0.04)
        brush.stroke(path, edge, 0.3)
        brush.stroke(path, colour, 0.18)
        brush.fill(path, colour, outline=False)
        with brush.clipped(path):
            brush.ellipse(
                0, -0.42, 0.5, 0.36, colours.lighter(colour, 0.6), alpha=0.45, volume=0, outline=False
            )
    else:
        brush.fill(_star(0.98, inner), edge)
        brush.fill(_star(0.8, inner * 0.82), colour)
        brush.fill(
            _star(0.45, inner * 0.46), colours.lighter(colour, rng.choice([-0.25, 0.4])), outline=False
        )


def _star_points(outer, inner):
    """The ten corners of a star from its upper tip on; `inner` is a share of `outer`."""
    radii = [outer, outer * inner] * 5
    turns = [math.pi * (0.2 * i - 0.5) for i in range(10)]
    return [(r * math.cos(turn), r * math.sin(turn)) for r, turn in zip(radii, turns)]


def _star(outer, inner):
    return straight_path(_star_points(outer, inner))


def _facets(brush, points, colour):
    """A pyramid over the polygon `points`: every facet is as bright as it faces the light."""
    for start, end in zip(points, points[1:] + points[:1]):
        across = math.atan2(start[0] - end[0], end[1] - start[1])
        facing = -math.cos(across - brush.light)
        shade = (0.45 if facing > 0 else 0.6) * facing
        brush.polygon([(0, 0), start, end], colours.lighter(colour, shade), volume=0.2, outline=False)


def draw_heart(brush, rng):
    """The sign of a heart: glossy, rimmed, or with stripes, dots or a smaller heart in it."""
    reds = [(0.88, 0.1, 0.15), (0.95, 0.3, 0.45), (0.97, 0.55, 0.68), (0.7, 0.06, 0.15)]
    colour = colours.one_of(rng, *reds, hue=0.02, saturation=0.12, value=0.1)
    if rng.uniform() < 0.25:
        colour = colours.anything(rng, (0.3, 1.0), (0.35, 1.0))
    width, cleft = rng.uniform(0.86, 1.0), rng.uniform(-0.52, -0.38)
    shape = _heart(width, cleft, 1.0)
    brush.fill(shape, colour)
    second = colours.lighter(colour, rng.choice([-0.35, 0.5]))
    kind = rng.uniform()
    with brush.clipped(shape):
        if kind < 0.15:
            for i in range(-5, 6):
                brush.line([(0.36 * i - 0.5, -1), (0.36 * i + 0.5, 1)], second, 0.13)
        elif kind < 0.3:
            for i in range(-3, 4):
                for j in range(-3, 4):
                    x, y = 0.36 * (i + 0.5 * (j % 2)), 0.3 * j
                    brush.ellipse(x, y, 0.085, 0.085, second, volume=0, outline=False)
        elif kind < 0.5:
            brush.fill(_heart(width, cleft, rng.uniform(0.5, 0.7)), second)
        shadow = [(-0.7, 0.5), (0, 0.98), (0.75, 0.35), (0.98, -0.3), (0.7, 0.1), (0.1, 0.68)]
        brush.blob(shadow, colours.lighter(colour, -0.5), alpha=0.45, volume=0, outline=False)
    if rng.uniform() < 0.7:
        gloss = [(-0.72, -0.28), (-0.66, -0.52), (-0.46, -0.65)]
        brush.curve(gloss, colours.lighter(colour, 0.75), rng.uniform(0.1, 0.15), alpha=0.9)
    if rng.uniform() < 0.6:
        brush.stroke(
            shape, colours.lighter(colour, -0.5 if rng.uniform() < 0.7 else 0.7), rng.uniform(0.045, 0.09)
        )


def _heart(width, cleft, scale):
    """The outline of a heart with its tip down."""
    path = skia.Path()
    path.moveTo(0, 0.92)
    path.cubicTo(-0.35 * width, 0.55, -width, 0.2, -width, -0.3)
    path.cubicTo(-width, -0.95, -0.2 * width, -1.05, 0, cleft)
    path.cubicTo(0.2 * width, -1.05, width, -0.95, width, -0.3)
    path.cubicTo(width, 0.2, 0.35 * width, 0.55, 0, 0.92)
    path.close()
    path.transform(skia.Matrix.Scale(scale, scale))
    return path


def _hexagon(x, y, radius):
    """A regular hexagon with a corner up."""
    across = radius * math.sqrt(3) / 2
    right = [(x + across, y - radius / 2), (x + across, y + radius / 2)]
    left = [(x - across, y + radius / 2), (x - across, y - radius / 2)]
    return straight_path([(x, y - radius), *right, (x, y + radius), *left])


def _tiles(brush, width, height):
    """The rows and columns of tiles of a size that cover the whole picture."""
    seen = brush.canvas.getLocalClipBounds()
    for row in range(math.floor(seen.top() / height) - 1, math.ceil(seen.bottom() / height) + 2):
        for column in range(math.floor(seen.left() / width) - 1, math.ceil(seen.right() / width) + 2):
            yield row, column
