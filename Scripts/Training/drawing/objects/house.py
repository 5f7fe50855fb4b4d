import numpy as np

from .. import colours
from ..brush import smooth_path, straight_path
from ..shapes import WHITE, box, far_from


def draw(brush, rng):
    """A house from the front: walls, a pitched roof, a door, windows, often a chimney."""
    wall = colours.one_of(rng, WHITE, (0.95, 0.82, 0.5), (0.75, 0.4, 0.3), (0.6, 0.75, 0.85), hue=0.1)
    roof = far_from(rng, wall, (0.7, 0.22, 0.15), (0.35, 0.22, 0.2), (0.3, 0.33, 0.42), (0.25, 0.42, 0.3))
    door = far_from(rng, wall, (0.45, 0.25, 0.12), (0.2, 0.4, 0.3), (0.65, 0.12, 0.12), (0.2, 0.3, 0.6))
    half, eaves = rng.uniform(0.66, 0.78), rng.uniform(-0.15, 0.02)
    if rng.uniform() < 0.75:
        _chimney(brush, rng, rng.uniform(0.36, 0.46))
    brush.polygon(box(-half, eaves - 0.05, half, 0.92), wall)
    if rng.uniform() < 0.4:
        for y in np.arange(eaves + 0.16, 0.9, 0.16):
            brush.line([(-half, y), (half, y)], colours.lighter(wall, -0.2), 0.03)
    ridge, over = rng.uniform(0.0, 0.25) * (rng.uniform() < 0.4), half + rng.uniform(0.12, 0.18)
    shape = straight_path([(-over, eaves), (-ridge, -0.9), (ridge, -0.9), (over, eaves)])
    brush.fill(shape, roof)
    with brush.clipped(shape):
        for y in np.arange(eaves - 0.16, -0.9, -0.17):
            brush.line([(-1, y), (1, y)], colours.lighter(roof, -0.35), 0.04)
    brush.line([(-over, eaves), (over, eaves)], colours.lighter(roof, -0.45), 0.07)
    if rng.uniform() < 0.6:
        brush.ellipse(0, eaves - 0.36, 0.15, 0.15, colours.near(rng, (0.95, 0.85, 0.55)))
        brush.ring(0, eaves - 0.36, 0.15, 0.15, WHITE, 0.06)
    pane, shutters = _window_colour(rng), door if rng.uniform() < 0.4 else None
    top = rng.uniform(0.3, 0.4)
    for x in (-0.62 * half, 0.62 * half):
        _window(brush, x, 0.5 * (eaves + top) + 0.16, 0.15, 0.17, pane, shutters)
    _door(brush, rng, 0.17, top - 0.02, door)


def _chimney(brush, rng, x):
    """A brick chimney about `x`; the roof is to hide its foot."""
    brush.polygon(box(x - 0.12, -0.85, x + 0.12, -0.1), colours.near(rng, (0.65, 0.35, 0.28)))
    brush.polygon(box(x - 0.16, -0.93, x + 0.16, -0.8), colours.near(rng, (0.5, 0.3, 0.25)))


def _window_colour(rng):
    return colours.one_of(rng, (0.35, 0.5, 0.68), (0.2, 0.28, 0.4), (1.0, 0.85, 0.4), value=0.1)


def _window(brush, x, y, rx, ry, pane, shutters):
    """A window with a white frame and cross, with shutters of the colour `shutters` unless that is None."""
    if shutters is not None:
        brush.polygon(box(x - rx - 0.1, y - ry, x + rx + 0.1, y + ry), shutters)
    brush.polygon(box(x - rx, y - ry, x + rx, y + ry), pane)
    brush.line([(x, y - ry), (x, y + ry)], WHITE, 0.05)
    brush.line([(x - rx, y), (x + rx, y)], WHITE, 0.05)
    brush.stroke(straight_path(box(x - rx, y - ry, x + rx, y + ry)), WHITE, 0.06)


def _door(brush, rng, half, top, colour):
    """A door down to y = 0.92, square or with a round top, with a frame and a knob."""
    if rng.uniform() < 0.4:
        path = smooth_path([(-half, top + half), (0, top), (half, top + half)])
        path.lineTo(half, 0.92)
        path.lineTo(-half, 0.92)
        path.close()
    else:
        path = straight_path(box(-half, top, half, 0.92))
    brush.fill(path, colour)
    brush.stroke(path, colours.lighter(colour, -0.5), 0.05)
    brush.ellipse(0.55 * half, 0.7, 0.04, 0.04, (0.98, 0.85, 0.4), volume=0, outline=False)
