"""Points, paths and colours that several objects share."""

import math

import skia

from . import colours

DARK = (0.12, 0.11, 0.13)
WHITE = (0.95, 0.94, 0.92)


def polar(radius, angle):
    """The point at `radius` from the middle in the direction `angle`, in radians."""
    return radius * math.cos(angle), radius * math.sin(angle)


def box(left, top, right, bottom):
    """The corners of an upright rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def arc(brush, x, y, radius, start, sweep, colour, width):
    """A part of a circle's line; the angles are in degrees, clockwise from the right."""
    path = skia.Path()
    path.addArc(skia.Rect.MakeLTRB(x - radius, y - radius, x + radius, y + radius), start, sweep)
    brush.stroke(path, colour, width)


def tiles(brush, width, height):
    """The rows and columns of tiles of a size that cover the whole picture."""
    seen = brush.canvas.getLocalClipBounds()
    for row in range(math.floor(seen.top() / height) - 1, math.ceil(seen.bottom() / height) + 2):
        for column in range(math.floor(seen.left() / width) - 1, math.ceil(seen.right() / width) + 2):
            yield row, column


def far_from(rng, other, *choices, **amounts):
    """One of `choices` well apart from `other`, moved a little."""
    apart = [c for c in choices if colours.contrast(c, other) > 0.45]
    return colours.one_of(rng, *(apart or choices), **amounts)


def three_colours(rng):
    """Three strong or light colours, each well apart from the one before."""
    chosen = [colours.anything(rng, (0.6, 1.0), (0.6, 1.0))]
    while len(chosen) < 3:
        white = rng.uniform() < 0.25
        colour = WHITE if white else colours.anything(rng, (0.5, 1.0), (0.4, 1.0))
        if colours.contrast(colour, chosen[-1]) > 0.6:
            chosen.append(colour)
    return chosen
