"""Things people made, each drawn in a square of -1…1 by `draw_…(brush, rng)`."""

import math

import numpy as np
import skia

from . import colours
from .brush import ellipse_path, smooth_path, straight_path

DARK = (0.12, 0.11, 0.13)
WHITE = (0.95, 0.94, 0.92)


def draw_house(brush, rng):
    """A house from the front: walls, a pitched roof, a door, windows, often a chimney."""
    wall = colours.one_of(rng, WHITE, (0.95, 0.82, 0.5), (0.75, 0.4, 0.3), (0.6, 0.75, 0.85), hue=0.1)
    roof = _far_from(rng, wall, (0.7, 0.22, 0.15), (0.35, 0.22, 0.2), (0.3, 0.33, 0.42), (0.25, 0.42, 0.3))
    door = _far_from(rng, wall, (0.45, 0.25, 0.12), (0.2, 0.4, 0.3), (0.65, 0.12, 0.12), (0.2, 0.3, 0.6))
    half, eaves = rng.uniform(0.66, 0.78), rng.uniform(-0.15, 0.02)
    if rng.uniform() < 0.75:
        _chimney(brush, rng, rng.uniform(0.36, 0.46))
    brush.polygon(_box(-half, eaves - 0.05, half, 0.92), wall)
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
    brush.polygon(_box(x - 0.12, -0.85, x + 0.12, -0.1), colours.near(rng, (0.65, 0.35, 0.28)))
    brush.polygon(_box(x - 0.16, -0.93, x + 0.16, -0.8), colours.near(rng, (0.5, 0.3, 0.25)))


def _far_from(rng, other, *choices, **amounts):
    """One of `choices` well apart from `other`, moved a little."""
    apart = [c for c in choices if colours.contrast(c, other) > 0.45]
    return colours.one_of(rng, *(apart or choices), **amounts)


def _box(left, top, right, bottom):
    """The corners of an upright rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _window_colour(rng):
    return colours.one_of(rng, (0.35, 0.5, 0.68), (0.2, 0.28, 0.4), (1.0, 0.85, 0.4), value=0.1)


def _window(brush, x, y, rx, ry, pane, shutters):
    """A window with a white frame and cross, with shutters of the colour `shutters` unless that is None."""
    if shutters is not None:
        brush.polygon(_box(x - rx - 0.1, y - ry, x + rx + 0.1, y + ry), shutters)
    brush.polygon(_box(x - rx, y - ry, x + rx, y + ry), pane)
    brush.line([(x, y - ry), (x, y + ry)], WHITE, 0.05)
    brush.line([(x - rx, y), (x + rx, y)], WHITE, 0.05)
    brush.stroke(straight_path(_box(x - rx, y - ry, x + rx, y + ry)), WHITE, 0.06)


def _door(brush, rng, half, top, colour):
    """A door down to y = 0.92, square or with a round top, with a frame and a knob."""
    if rng.uniform() < 0.4:
        path = smooth_path([(-half, top + half), (0, top), (half, top + half)])
        path.lineTo(half, 0.92)
        path.lineTo(-half, 0.92)
        path.close()
    else:
        path = straight_path(_box(-half, top, half, 0.92))
    brush.fill(path, colour)
    brush.stroke(path, colours.lighter(colour, -0.5), 0.05)
    brush.ellipse(0.55 * half, 0.7, 0.04, 0.04, (0.98, 0.85, 0.4), volume=0, outline=False)


def draw_sailing_boat(brush, rng):
    """A boat from the side: a hull, a mast with a large and a small sail, sometimes waves and a flag."""
    sail = WHITE if rng.uniform() < 0.55 else colours.anything(rng, (0.4, 0.85), (0.75, 1.0))
    second = sail if rng.uniform() < 0.5 else colours.anything(rng, (0.4, 0.9), (0.7, 1.0))
    wood = colours.near(rng, (0.45, 0.28, 0.15))
    mast, deck = rng.uniform(-0.02, 0.12), rng.uniform(0.42, 0.5)
    brush.line([(mast, deck + 0.1), (mast, -0.92)], wood, 0.09)
    if rng.uniform() < 0.5:
        flag = [(mast, -0.98), (mast - 0.34, -0.88), (mast, -0.76)]
        brush.polygon(flag, colours.anything(rng, (0.7, 1.0), (0.7, 1.0)))
    foot, top = deck - rng.uniform(0.1, 0.16), rng.uniform(-0.8, -0.7)
    big = smooth_path([(mast - 0.06, top), (mast - 0.34, -0.25), (-rng.uniform(0.72, 0.85), foot)])
    big.lineTo(mast - 0.06, foot)
    big.close()
    clew = (rng.uniform(0.72, 0.85), foot - 0.02)
    small = smooth_path([(mast + 0.08, top + 0.08), (mast + 0.4, -0.15), clew])
    small.lineTo(mast + 0.08, foot - 0.02)
    small.close()
    for path, colour in ((big, sail), (small, second)):
        brush.fill(path, colour)
        with brush.clipped(path):
            _sail_pattern(brush, rng, colour)
        brush.stroke(path, colours.lighter(colour, -0.45), 0.035)
    brush.line([(mast, foot + 0.05), (-0.75, foot + 0.05)], wood, 0.06)
    _hull(brush, rng, deck)
    if rng.uniform() < 0.65:
        _waves(brush, rng, 0.84)


def _hull(brush, rng, deck):
    """A boat's hull below `deck` with a stripe, sometimes with portholes."""
    hull = colours.anything(rng, (0.3, 0.9), (0.25, 0.9))
    shape = smooth_path([(0.95, deck - 0.04), (0.78, 0.68), (0.55, 0.88)])
    shape.lineTo(-0.62, 0.88)
    shape.lineTo(-0.85, deck)
    shape.close()
    brush.fill(shape, hull)
    with brush.clipped(shape):
        stripe = WHITE if rng.uniform() < 0.6 else colours.lighter(hull, -0.5)
        brush.line([(-1, deck + 0.06), (1, deck + 0.02)], stripe, 0.11)
    if rng.uniform() < 0.5:
        for x in (-0.4, -0.05, 0.3):
            brush.ellipse(x, deck + 0.24, 0.065, 0.065, colours.lighter(hull, 0.75), outline=False)


def _sail_pattern(brush, rng, colour):
    """Seams across a sail, or broad stripes."""
    if rng.uniform() < 0.6:
        for y in np.arange(-0.55, 0.4, 0.27):
            brush.line([(-1, y + 0.08), (1, y - 0.06)], colours.lighter(colour, -0.22), 0.035)
    else:
        stripe = colours.anything(rng, (0.6, 0.95), (0.5, 0.95))
        for y in np.arange(-0.35, 0.5, rng.uniform(0.36, 0.5)):
            brush.line([(-1, y), (1, y)], stripe, 0.14)


def _waves(brush, rng, y):
    """A strip of water with a wavy crest at `y`, over the whole width."""
    water = colours.near(rng, (0.2, 0.48, 0.75), 0.06)
    crest = [(x, y + (0.05 if i % 2 else -0.05)) for i, x in enumerate(np.linspace(-1, 1, 11))]
    path = smooth_path(crest)
    path.lineTo(0.9, 1.0)
    path.lineTo(-0.9, 1.0)
    path.close()
    brush.fill(path, water)
    brush.curve(crest, colours.lighter(water, 0.6), 0.05)


def draw_bicycle(brush, rng):
    """A bicycle from its right side: two spoked wheels, a diamond frame, a saddle, pedals, a handlebar."""
    frame = colours.anything(rng, (0.6, 1.0), (0.5, 1.0))
    if rng.uniform() < 0.2:
        frame = colours.one_of(rng, WHITE, DARK, value=0.05)
    metal = colours.near(rng, (0.85, 0.85, 0.87), value=0.12)
    radius, width = rng.uniform(0.39, 0.43), rng.uniform(0.09, 0.12)
    rear, front, crank = np.array([-0.55, 0.4]), np.array([0.55, 0.4]), np.array([-0.06, 0.42])
    _wheels(brush, rng, (rear, front), radius, metal)
    seat = np.array([rng.uniform(-0.28, -0.22), rng.uniform(-0.28, -0.2)])
    head = np.array([rng.uniform(0.3, 0.36), rng.uniform(-0.34, -0.26)])
    top = seat + (0.04, 0.14 if rng.uniform() < 0.3 else 0.04)
    bars = [[rear, crank, head + (0.04, 0.16)], [rear, top, head], [crank, seat], [head, front]]
    edge = colours.lighter(frame, -0.65 if sum(frame) > 0.8 else 0.6)
    mudguards = (rear, front) if rng.uniform() < 0.3 else ()
    for colour, extra in ((edge, 0.05), (frame, 0.0)):
        for hub in mudguards:
            _arc(brush, *hub, radius + 0.1, -160, 120, colour, 0.06 + extra)
        for bar in bars:
            brush.line(bar, colour, width + extra)
    saddle = [(-0.28, -0.24), (-0.05, -0.24), (0.17, -0.2), (0.05, -0.13), (-0.2, -0.12)]
    brush.line([seat, seat - (0.04, 0.18)], metal, 0.08)
    brush.blob([seat + point for point in saddle], colours.one_of(rng, DARK, (0.45, 0.25, 0.12)))
    grip = head - (0.05, 0.26)
    brush.line([head, grip], metal, 0.09)
    dropped = [(0.22, -0.02), (0.3, 0.12), (0.14, 0.2)]
    ends = dropped if rng.uniform() < 0.5 else [(0.0, -0.06), (-0.22, 0.0)]
    brush.curve([grip, *(grip + end for end in ends)], DARK, 0.1)
    _pedals(brush, crank, rng.uniform(0.3, 1.2), metal)


def _wheels(brush, rng, hubs, radius, metal):
    """Two wheels of the same make, with tyres, metal rims and spokes."""
    tyre = DARK if rng.uniform() < 0.85 else colours.one_of(rng, (0.45, 0.28, 0.18), (0.9, 0.88, 0.82))
    inner = metal if sum(tyre) < 2 else colours.lighter(metal, -0.6)
    count, turn = int(rng.integers(4, 7)), rng.uniform(0, math.pi)
    for hub in hubs:
        for angle in turn + np.arange(count) * math.pi / count:
            arm = radius * np.array([math.cos(angle), math.sin(angle)])
            brush.line([hub - arm, hub + arm], inner, 0.05)
        brush.ring(*hub, radius - 0.07, radius - 0.07, inner, 0.07)
        brush.ring(*hub, radius, radius, tyre, 0.11)
        brush.ellipse(*hub, 0.08, 0.08, inner)


def _pedals(brush, crank, angle, metal):
    """A chain wheel with two pedals, turned by `angle`."""
    arm = 0.25 * np.array([math.cos(angle), math.sin(angle)])
    brush.ellipse(*crank, 0.13, 0.13, metal)
    brush.line([crank - arm, crank + arm], DARK, 0.07)
    for end in (crank - arm, crank + arm):
        brush.line([end - (0.09, 0), end + (0.09, 0)], DARK, 0.09)


def _arc(brush, x, y, radius, start, sweep, colour, width):
    """A part of a circle's line; the angles are in degrees, clockwise from the right."""
    path = skia.Path()
    path.addArc(skia.Rect.MakeLTRB(x - radius, y - radius, x + radius, y + radius), start, sweep)
    brush.stroke(path, colour, width)


def draw_hot_air_balloon(brush, rng):
    """A balloon: a big envelope of coloured gores that tapers downwards, ropes and a basket."""
    first, second, third = _three_colours(rng)
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


def _three_colours(rng):
    """Three strong or light colours, each well apart from the one before."""
    chosen = [colours.anything(rng, (0.6, 1.0), (0.6, 1.0))]
    while len(chosen) < 3:
        white = rng.uniform() < 0.25
        colour = WHITE if white else colours.anything(rng, (0.5, 1.0), (0.4, 1.0))
        if colours.contrast(colour, chosen[-1]) > 0.6:
            chosen.append(colour)
    return chosen


def _gore(profile, left, right):
    """The part of a round body between two meridians; `profile` is its right edge from the top down."""
    path = smooth_path([(right * x, y) for x, y in profile])
    path.lineTo(left * profile[-1][0], profile[-1][1])
    back = smooth_path([(left * x, y) for x, y in reversed(profile)])
    path.addPath(back, skia.Path.AddPathMode.kExtend_AddPathMode)
    path.close()
    return path


def draw_cup(brush, rng):
    """A mug or tea cup with a handle at its right, a drink inside, sometimes steam or a saucer."""
    china = WHITE if rng.uniform() < 0.3 else colours.anything(rng, (0.1, 0.9), (0.5, 1.0))
    drink = colours.one_of(rng, (0.28, 0.15, 0.08), (0.6, 0.3, 0.1), (0.5, 0.33, 0.2), (0.45, 0.5, 0.15))
    tea = rng.uniform() < 0.45
    half, foot = rng.uniform(0.58, 0.66), rng.uniform(0.3, 0.38) if tea else rng.uniform(0.5, 0.6)
    top, bottom = rng.uniform(-0.5, -0.4), rng.uniform(0.7, 0.76) if tea else rng.uniform(0.76, 0.84)
    left, rim = -0.18, rng.uniform(0.13, 0.18)
    if tea or rng.uniform() < 0.25:
        brush.ellipse(left, bottom, 0.8, 0.17, colours.near(rng, china, 0.02, 0.1, 0.1))
        brush.ring(left, bottom - 0.01, 0.58, 0.09, colours.lighter(china, -0.3), 0.04)
    middle, size, out = top + rng.uniform(0.42, 0.48), rng.uniform(0.24, 0.29), left + half
    grip = [(out - 0.06, middle - size), (out + 0.28, middle - 0.95 * size), (out + 0.4, middle)]
    grip += [(out + 0.2, middle + size), (out - 0.12, middle + size)]
    brush.curve(grip, colours.lighter(china, -0.45), 0.2)
    brush.curve(grip, colours.lighter(china, -0.08), 0.13)
    bulge = 0.5 * (half + foot) + (0.14 if tea else 0.02)
    side = [(half, top), (bulge, 0.5 * (top + bottom) + 0.1), (foot, bottom)]
    body = smooth_path([(left + x, y) for x, y in side])
    body.quadTo(left, bottom + 0.16, left - foot, bottom)
    back = smooth_path([(left - x, y) for x, y in reversed(side)])
    body.addPath(back, skia.Path.AddPathMode.kExtend_AddPathMode)
    body.close()
    brush.fill(body, china)
    with brush.clipped(body):
        _cup_pattern(brush, rng, china, left, top, bottom)
    brush.stroke(body, colours.lighter(china, -0.45), 0.035)
    brush.ellipse(left, top, half, rim, colours.lighter(china, -0.2))
    brush.ellipse(left, top + 0.02, half - 0.08, rim - 0.04, drink, outline=False)
    brush.ring(left, top, half, rim, colours.lighter(china, 0.35), 0.06)
    if rng.uniform() < 0.55:
        _steam(brush, rng, left, top - 0.06)


def _steam(brush, rng, x, y):
    """Two or three white wisps from (x, y) up to the top of the square."""
    alpha = rng.uniform(0.65, 0.95)
    for shift in (-0.22, 0.0, 0.22)[: int(rng.integers(2, 4))]:
        wisp = [(0, y), (-0.08, -0.62), (0.06, -0.78), (0, -0.95)]
        brush.curve([(x + shift + dx, dy) for dx, dy in wisp], (0.97, 0.97, 0.97), 0.08, alpha=alpha)


def _cup_pattern(brush, rng, china, left, top, bottom):
    """Stripes, dots, a heart or nothing on the front of a cup."""
    kind, tint = rng.integers(4), _far_from(rng, china, (0.85, 0.2, 0.2), (0.15, 0.3, 0.7), WHITE, hue=0.15)
    height = bottom - top
    if kind == 0:
        for share in (0.45, 0.65)[: int(rng.integers(1, 3))]:
            y = top + share * height
            brush.curve([(left - 1, y - 0.12), (left, y + 0.08), (left + 1, y - 0.12)], tint, 0.12)
    elif kind == 1:
        for row, share in enumerate((0.34, 0.55, 0.76)):
            for x in np.arange(-0.6, 0.7, 0.3) + 0.15 * (row % 2):
                y = top + share * height + 0.1 - 0.3 * x * x
                brush.ellipse(left + x, y, 0.075, 0.075, tint, outline=False)
    elif kind == 2:
        y = top + 0.55 * height
        for x in (-0.1, 0.1):
            brush.ellipse(left + x, y, 0.2, 0.13, tint, math.copysign(0.8, -x), volume=0, outline=False)


def draw_key(brush, rng):
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
    shaft = straight_path(_box(-width, bottom - 0.06, width, long))
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


def draw_umbrella(brush, rng):
    """An open umbrella from the side: a dome of coloured panels, a tip, a shaft with a hooked handle."""
    first, second, third = _three_colours(rng)
    kind = rng.uniform()
    tints = [first] if kind < 0.3 else [first, second] if kind < 0.75 else [first, second, third]
    half, top, edge = rng.uniform(0.86, 0.95), rng.uniform(-0.82, -0.74), rng.uniform(0.02, 0.12)
    metal = colours.one_of(rng, DARK, (0.75, 0.75, 0.78), (0.5, 0.33, 0.2))
    handle = colours.one_of(rng, (0.5, 0.3, 0.14), (0.18, 0.15, 0.15), first, second)
    hook = rng.uniform(0.14, 0.18)
    brush.line([(0, -0.95), (0, top + 0.1)], metal, 0.09)
    brush.line([(0, top), (0, 0.7)], metal, 0.09)
    brush.line([(0, 0.55), (0, 0.95 - hook)], handle, 0.13)
    _arc(brush, hook, 0.93 - hook, hook, 0, 180, handle, 0.13)
    count = int(rng.integers(4, 8))
    ribs = [math.sin(math.pi * (i / count - 0.5)) for i in range(count + 1)]
    whole = _panel(half, top, edge, ribs)
    for i in range(count):
        brush.fill(_panel(half, top, edge, ribs[i : i + 2]), tints[i % len(tints)], outline=False)
    if len(tints) == 1 and rng.uniform() < 0.6:
        with brush.clipped(whole):
            _umbrella_pattern(brush, rng, second, half, top, edge)
    for rib in ribs[1:-1]:
        brush.curve(_rib(half, top, edge, rib), colours.lighter(first, -0.5), 0.04)
    brush.stroke(whole, colours.lighter(first, -0.5), 0.04)


def _rib(half, top, edge, share):
    """Points from an umbrella's top down a rib that ends at `share` (-1…1) of its half width."""
    end = edge + 0.08 * (1 - share * share)
    angles = np.linspace(0, 0.5 * math.pi, 5)
    return [(share * half * math.sin(a), end - (end - top) * math.cos(a)) for a in angles]


def _panel(half, top, edge, ribs):
    """The dome between the first and the last of `ribs`, its lower edge arched from rib to rib."""
    path = smooth_path(_rib(half, top, edge, ribs[0]))
    for left, right in zip(ribs, ribs[1:]):
        x, y = _rib(half, top, edge, right)[-1]
        path.quadTo(0.5 * half * (left + right), y - 0.14, x, y)
    back = smooth_path(_rib(half, top, edge, ribs[-1])[::-1])
    path.addPath(back, skia.Path.AddPathMode.kExtend_AddPathMode)
    path.close()
    return path


def _umbrella_pattern(brush, rng, colour, half, top, edge):
    """Dots all over the dome, or a band along its edge."""
    if rng.uniform() < 0.6:
        for share in (-0.85, -0.5, -0.17, 0.17, 0.5, 0.85):
            points = _rib(half, top, edge, share)
            for x, y in points[1:4:2] if abs(share) < 0.3 else points[2:3]:
                brush.ellipse(x, y, 0.08, 0.08, colour, outline=False)
    else:
        brush.curve([(-half, edge - 0.2), (0, edge - 0.1), (half, edge - 0.2)], colour, 0.13)
