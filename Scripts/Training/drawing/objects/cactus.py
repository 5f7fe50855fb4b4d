import math

import numpy as np
import skia

from .. import colours
from ..brush import smooth_path
from ..shapes import polar


def draw(brush, rng):
    """A saguaro: a ribbed column with two arms bent upwards, spines, sometimes a pot or flowers."""
    green = colours.one_of(rng, (0.25, 0.55, 0.25), (0.2, 0.45, 0.3), (0.42, 0.6, 0.28), (0.35, 0.55, 0.42))
    spine = colours.one_of(
        rng, (0.97, 0.95, 0.82), (0.92, 0.85, 0.6), (0.2, 0.14, 0.1), saturation=0.08, value=0.03
    )
    potted, width = rng.uniform() < 0.35, rng.uniform(0.36, 0.46)
    foot = 0.7 if potted else 0.95 - width / 2
    arms, bloom = [], colours.one_of(
        rng, (0.95, 0.35, 0.6), (0.98, 0.85, 0.3), (0.9, 0.2, 0.2), (0.97, 0.95, 0.95)
    )
    for side in (-1, 1):
        x, y, top = side * rng.uniform(0.58, 0.68), rng.uniform(-0.08, 0.32), rng.uniform(-0.55, -0.32)
        elbow = [(0.72 * x, y), (0.93 * x, y - 0.06), (x, y - 0.2)]
        arms.append([(0, y), *elbow, (x, 0.5 * (y - 0.2 + top)), (x, top)])
    column = [(0, foot), (0, -0.25), (0, -0.93 + width / 2)]
    for points, thickness in [(arm, 0.6 * width) for arm in arms] + [(column, width)]:
        _ribbed(brush, rng, points, thickness, green, spine)
    if rng.uniform() < 0.35:
        for (x, y), thickness in [(column[-1], width), (arms[0][-1], 0.6 * width)]:
            for i in range(5):
                dx, dy = polar(0.1, -math.pi / 2 + 0.5 * (i - 2))
                with brush.placed(x + dx, y - 0.42 * thickness + dy, angle=0.5 * (i - 2)):
                    brush.ellipse(0, 0, 0.05, 0.1, colours.lighter(bloom, -0.12 * (i % 2)), outline=False)
    if potted:
        _pot(
            brush,
            colours.one_of(rng, (0.78, 0.4, 0.25), (0.7, 0.45, 0.35), (0.4, 0.5, 0.7), (0.85, 0.82, 0.75)),
        )


def _ribbed(brush, rng, points, thickness, green, spine):
    """A thick round-ended tube along `points` with ribs along it and spines on it and at its edges."""
    outline, axis = skia.Path(), smooth_path(points)
    skia.Paint(
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=thickness,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    ).getFillPath(axis, outline)
    spines, spots = skia.Path(), skia.Path()
    for (x, y), (nx, ny) in _along(points, 0.2):
        for side in (-1, 1):
            foot, tip = side * 0.4 * thickness, side * (0.5 * thickness + 0.09)
            spines.moveTo(x + foot * nx, y + foot * ny)
            spines.lineTo(x + tip * nx, y + tip * ny - 0.04)
        for share in (-0.29, 0.0, 0.29):
            cx, cy = x + share * thickness * nx, y + share * thickness * ny + rng.uniform(-0.03, 0.03)
            spots.addCircle(cx, cy, 0.024)
    brush.stroke(spines, spine, 0.04)
    brush.fill(outline, green)
    for share, shade in ((0.74, 0.3), (0.44, -0.4), (0.17, 0.3)):
        brush.stroke(axis, colours.lighter(green, shade), share * thickness, alpha=0.8)
    brush.stroke(outline, colours.lighter(green, -0.45), 0.03)
    brush.fill(spots, spine, volume=0, outline=False)


def _along(points, step):
    """Points every `step` along a broken line, each with the unit normal there."""
    marks = []
    for start, end in zip(np.array(points[:-1]), np.array(points[1:])):
        length = math.hypot(*(end - start))
        normal = (-(end - start)[1] / length, (end - start)[0] / length)
        count = max(1, round(length / step))
        marks += [(tuple(start + (end - start) * (i + 0.5) / count), normal) for i in range(count)]
    return marks


def _pot(brush, colour):
    """A flower pot with a rim at the foot of the square."""
    brush.polygon([(-0.38, 0.62), (0.38, 0.62), (0.28, 0.97), (-0.28, 0.97)], colour)
    brush.polygon([(-0.45, 0.5), (0.45, 0.5), (0.43, 0.66), (-0.43, 0.66)], colours.lighter(colour, 0.12))
    brush.line([(-0.4, 0.68), (0.4, 0.68)], colours.lighter(colour, -0.45), 0.045)
