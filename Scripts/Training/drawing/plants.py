"""Plants and mushrooms, each drawn in a square of -1…1 by `draw_…(brush, rng)`."""

import math

import numpy as np
import skia

from . import colours
from .brush import ellipse_path, smooth_path, straight_path


def draw_flower(brush, rng):
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
            dx, dy = _polar(share * radius, turn + 2 * math.pi * i / count)
            dots.addCircle(x + dx, y + dy, 0.026)
    brush.fill(dots, seed, volume=0, outline=False)


def draw_tree(brush, rng):
    """A leafy tree: a crown of lobed clumps over a brown trunk, sometimes with apples or blossom."""
    greens = [(0.22, 0.5, 0.16), (0.35, 0.6, 0.2), (0.15, 0.42, 0.22), (0.45, 0.6, 0.18)]
    autumn = [(0.85, 0.5, 0.12), (0.75, 0.28, 0.12), (0.85, 0.68, 0.2)]
    tints = autumn if rng.uniform() < 0.15 else greens
    leaves = colours.one_of(rng, *tints, hue=0.03, saturation=0.12, value=0.1)
    barks = [(0.42, 0.27, 0.15), (0.5, 0.33, 0.2), (0.33, 0.23, 0.17)]
    _trunk(brush, rng, colours.one_of(rng, *barks, hue=0.02))
    width, height, y = rng.uniform(0.5, 0.62), rng.uniform(0.36, 0.44), -0.34
    dx, dy = math.cos(brush.light), math.sin(brush.light)
    shape = _clump_path(rng)
    for cx, cy, radius, shade in _clumps(rng):
        shade += 0.16 * (cx * dx + cy * dy)
        with brush.placed(cx * width, y + cy * height, radius, rng.uniform(0, 2 * math.pi)):
            brush.fill(shape, colours.lighter(leaves, shade), outline=False)
            for px, py in rng.uniform(-0.6, 0.6, (3, 2)):
                dab = colours.lighter(leaves, shade + (0.22 if px > 0 else -0.22))
                brush.line([(px - 0.12, py), (px + 0.12, py + 0.08)], dab, 0.05 / radius)
    if rng.uniform() < 0.4:
        fruits = [(0.85, 0.12, 0.1), (0.98, 0.85, 0.9), (0.97, 0.6, 0.15), (0.95, 0.6, 0.75)]
        fruit = colours.one_of(rng, *fruits)
        for i in range(rng.integers(7, 12)):
            px, py = _polar(rng.uniform(0.25, 1.1), 2.4 * i)
            size = rng.uniform(0.055, 0.075)
            brush.ellipse(px * width, y + py * height, size, size, fruit, outline=False)


def _clumps(rng):
    """The clumps of a crown about the unit circle from back to front: x, y, radius and brightness."""
    turn, count = rng.uniform(0, 2 * math.pi), int(rng.integers(6, 9))
    places = [_polar(1, turn + 2 * math.pi * i / count) for i in range(count)]
    places.sort(key=lambda place: place[1], reverse=True)
    back = [(*place, rng.uniform(0.27, 0.34), -0.3) for place in places]
    front = [(*rng.uniform(-0.7, 0.7, 2), rng.uniform(0.2, 0.28), rng.uniform(-0.05, 0.1)) for _ in range(4)]
    return [*back, (0, 0, 0.5, -0.12), *front]


def _trunk(brush, rng, bark):
    """A trunk that widens at the roots and forks under the crown, with lines of bark."""
    half = rng.uniform(0.1, 0.14)
    for side in (-1, 1):
        brush.line([(0, 0.35), (side * rng.uniform(0.26, 0.36), -0.1)], colours.lighter(bark, -0.1), 0.11)
    sides = [(half, -0.1), (half, 0.6), (1.4 * half, 0.82), (2.3 * half, 0.96)]
    brush.polygon(sides + [(-x, y) for x, y in reversed(sides)], bark)
    for x in (-0.4, 0.35):
        y = rng.uniform(0.2, 0.5)
        brush.curve(
            [(x * half, y), (x * half, y + 0.2), (1.5 * x * half, y + 0.4)], colours.lighter(bark, -0.4), 0.04
        )


def _clump_path(rng):
    """A disc of radius 1 with nine round lobes."""
    turns = np.arange(18) * math.pi / 9
    radii = np.where(np.arange(18) % 2, rng.uniform(0.98, 1.12, 18), 0.88)
    return smooth_path(np.stack([radii * np.cos(turns), radii * np.sin(turns)], axis=1), closed=True)


def draw_leaf(brush, rng):
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


def draw_mushroom(brush, rng):
    """A mushroom: a spotted cap over pale gills, on a pale stem with a ring."""
    caps = [(0.85, 0.12, 0.1), (0.85, 0.12, 0.1), (0.62, 0.38, 0.2), (0.9, 0.45, 0.15), (0.78, 0.6, 0.38)]
    cap = colours.one_of(rng, *caps, (0.6, 0.25, 0.5), hue=0.02, saturation=0.12, value=0.1)
    pale = colours.one_of(rng, (0.96, 0.93, 0.85), (0.9, 0.85, 0.72), hue=0.02, saturation=0.05, value=0.06)
    foot, waist = rng.uniform(0.24, 0.36), rng.uniform(0.15, 0.23)
    rim, width, top = rng.uniform(-0.08, 0.1), rng.uniform(0.82, 0.95), rng.uniform(-0.93, -0.8)
    gills = ellipse_path(0, rim, 0.94 * width, 0.21)
    brush.fill(gills, colours.lighter(pale, -0.2))
    with brush.clipped(gills):
        slits = skia.Path()
        for i in range(-8, 9):
            slits.moveTo(0.05 * i, rim - 0.05)
            slits.lineTo(0.13 * i, rim + 0.25)
        brush.stroke(slits, colours.lighter(pale, -0.55), 0.035)
    stem = [(-waist, rim + 0.12), (-waist, 0.5), (-foot, 0.8), (-0.6 * foot, 0.95)]
    brush.blob(stem + [(-x, y) for x, y in reversed(stem)], pale)
    shade = colours.lighter(pale, -0.3)
    for x in (-0.45, 0.4):
        brush.curve([(x * waist, 0.5), (x * waist, 0.6), (1.2 * x * foot, 0.82)], shade, 0.04)
    if rng.uniform() < 0.75:
        y, flare = rng.uniform(0.26, 0.36), waist + rng.uniform(0.08, 0.14)
        hem = [(flare * x, y + 0.14 + (0.05 if i % 2 else 0)) for i, x in enumerate(np.linspace(-1, 1, 7))]
        brush.blob([(waist, y), (-waist, y), *hem], colours.lighter(pale, 0.3))
        brush.curve(hem, shade, 0.045)
    shoulder = rng.uniform(0.62, 0.75)
    left = [(-width, rim - 0.02), (-0.9 * width, rim - 0.3), (-shoulder * width, 0.62 * top)]
    under = [(0.55 * width, rim + 0.02), (0, rim + 0.03), (-0.55 * width, rim + 0.02)]
    shape = smooth_path([*left, (0, top), *((-x, y) for x, y in reversed(left)), *under], closed=True)
    brush.fill(shape, cap)
    _cap_spots(brush, rng, shape, width, top, rim, colours.lighter(pale, 0.4))
    brush.stroke(shape, colours.lighter(cap, -0.4), 0.035)


def _cap_spots(brush, rng, shape, width, top, rim, colour):
    """Pale spots in rows over a cap, flatter and smaller towards its edge."""
    size, turn = rng.uniform(0.09, 0.14), rng.uniform(-0.15, 0.15)
    with brush.clipped(shape):
        for level, count in ((0.17, 2), (0.5, 3), (0.82, 5)):
            for i in range(count):
                x = (i - (count - 1) / 2) / count * 1.75 + turn + rng.normal(0, 0.04)
                y = top + level * (rim - top) + 0.25 * x * x + rng.normal(0, 0.02)
                x *= width * math.sqrt(level)
                radius = size * rng.uniform(0.75, 1.15)
                brush.ellipse(x, y, radius * (1 - 0.4 * abs(x)), 0.8 * radius, colour)


def draw_cactus(brush, rng):
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
                dx, dy = _polar(0.1, -math.pi / 2 + 0.5 * (i - 2))
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


def _polar(radius, angle):
    return radius * math.cos(angle), radius * math.sin(angle)
