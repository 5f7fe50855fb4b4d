"""What lies behind (and a little in front of) an object: sky, ground, texture, clutter."""

import math

import skia

from . import colours
from .brush import Brush, _argb, smooth_path, straight_path


def background(canvas, rng, side):
    """Paints the whole of a picture of `side` pixels, in pixels; returns its mean colour."""
    kind = rng.choice(["plain", "gradient", "horizon", "soft", "stripes", "checks"], p=[0.14, 0.24, 0.24, 0.22, 0.1, 0.06])
    first, second = _muted(rng), _muted(rng)
    second = colours.mixed(first, second, rng.uniform(0.3, 1.0))
    canvas.clear(_argb(first))
    if kind == "gradient":
        angle = rng.uniform(0, 2 * math.pi)
        _gradient(canvas, side, angle, first, second)
    elif kind == "horizon":
        _horizon(canvas, rng, side)
    elif kind == "soft":
        for _ in range(rng.integers(4, 10)):
            _soft_spot(canvas, rng, side, colours.near(rng, colours.one_of(rng, first, second), 0.08, 0.25, 0.3))
    elif kind in ("stripes", "checks"):
        _stripes(canvas, rng, side, colours.mixed(first, second, 0.4), kind == "checks")
    if rng.uniform() < 0.5:
        _grain(canvas, rng, side)
    for _ in range(rng.integers(0, 5)):
        _clutter(canvas, rng, side)


def foreground(canvas, rng, side):
    """A few blades, twigs or spots that cover a little of the object, near the edges."""
    for _ in range(rng.integers(0, 3)):
        edge = rng.uniform(0, 2 * math.pi)
        x = side * (0.5 + 0.62 * math.cos(edge))
        y = side * (0.5 + 0.62 * math.sin(edge))
        brush = Brush(canvas, volume=rng.uniform(0, 0.8))
        colour = colours.anything(rng, (0, 0.7))
        if rng.uniform() < 0.5:
            brush.ball(x, y, side * rng.uniform(0.06, 0.18), colour)
        else:
            end = (x + side * rng.normal(0, 0.2), y + side * rng.normal(0, 0.2))
            brush.line([(x, y), end], colour, side * rng.uniform(0.01, 0.04))


def _muted(rng):
    return colours.anything(rng, (0, 0.65), (0.15, 1.0))


def _gradient(canvas, side, angle, first, second):
    dx, dy = 0.7 * side * math.cos(angle), 0.7 * side * math.sin(angle)
    middle = side / 2
    shader = skia.GradientShader.MakeLinear(
        [(middle - dx, middle - dy), (middle + dx, middle + dy)], [_argb(first), _argb(second)]
    )
    canvas.drawPaint(skia.Paint(Shader=shader))


def _horizon(canvas, rng, side):
    """Sky above ground, water, sand, snow or a table."""
    sky = colours.one_of(rng, (0.45, 0.7, 0.95), (0.95, 0.75, 0.6), (0.75, 0.8, 0.85), (0.2, 0.25, 0.45), (0.9, 0.88, 0.8))
    ground = colours.one_of(rng, (0.35, 0.6, 0.25), (0.2, 0.45, 0.7), (0.85, 0.75, 0.5), (0.9, 0.92, 0.95), (0.5, 0.35, 0.2), (0.4, 0.4, 0.42))
    _gradient(canvas, side, math.pi / 2, colours.lighter(sky, rng.uniform(-0.3, 0.3)), sky)
    y = side * rng.uniform(0.45, 0.85)
    heights = [(x, y + side * rng.normal(0, 0.03)) for x in (-0.1 * side, 0.3 * side, 0.7 * side, 1.1 * side)]
    path = smooth_path(heights)
    path.lineTo(1.1 * side, 1.1 * side)
    path.lineTo(-0.1 * side, 1.1 * side)
    path.close()
    Brush(canvas, light=-math.pi / 2, volume=rng.uniform(0, 0.7)).fill(path, ground)


def _soft_spot(canvas, rng, side, colour):
    centre = (side * rng.uniform(), side * rng.uniform())
    shader = skia.GradientShader.MakeRadial(
        centre, side * rng.uniform(0.15, 0.6), [_argb(colour, 0.9), _argb(colour, 0)]
    )
    canvas.drawPaint(skia.Paint(Shader=shader))


def _stripes(canvas, rng, side, colour, crossed):
    angle, period = rng.uniform(0, 180), side * rng.uniform(0.08, 0.3)
    for turn in (angle, angle + 90) if crossed else (angle,):
        canvas.save()
        canvas.rotate(turn, side / 2, side / 2)
        for i in range(int(-side / period), int(2 * side / period)):
            canvas.drawRect(
                skia.Rect.MakeXYWH(i * period, -side, period * 0.5, 3 * side),
                skia.Paint(AntiAlias=True, Color=_argb(colour, 0.6)),
            )
        canvas.restore()


def _grain(canvas, rng, side):
    frequency = 10 ** rng.uniform(-1.6, -0.5)
    noise = skia.PerlinNoiseShader.MakeFractalNoise(frequency, frequency, 3, float(rng.integers(1 << 16)))
    canvas.drawPaint(skia.Paint(Shader=noise, Alphaf=rng.uniform(0.05, 0.3)))


def _clutter(canvas, rng, side):
    """A shape that belongs to no class: a rough polygon, a smudge, a bar or an arc."""
    brush = Brush(canvas, light=rng.uniform(0, 2 * math.pi), volume=rng.uniform(0, 0.8))
    colour = colours.anything(rng)
    x, y, size = side * rng.uniform(), side * rng.uniform(), side * rng.uniform(0.04, 0.16)
    count = rng.integers(3, 7)
    turn = rng.uniform(0, 2 * math.pi)
    corners = [
        (
            x + size * rng.uniform(0.4, 1) * math.cos(turn + 2 * math.pi * i / count),
            y + size * rng.uniform(0.4, 1) * math.sin(turn + 2 * math.pi * i / count),
        )
        for i in range(count)
    ]
    kind = rng.integers(3)
    alpha = rng.uniform(0.4, 1)
    if kind == 0:
        brush.fill(straight_path(corners), colour, alpha=alpha)
    elif kind == 1:
        brush.fill(smooth_path(corners, closed=True), colour, alpha=alpha)
    else:
        brush.curve(corners[:3], colour, side * rng.uniform(0.01, 0.05), alpha=alpha)
