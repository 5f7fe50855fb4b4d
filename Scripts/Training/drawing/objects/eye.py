import math

import numpy as np
import skia

from .. import colours
from ..brush import smooth_path


def draw(brush, rng):
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
