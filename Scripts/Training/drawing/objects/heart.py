import skia

from .. import colours


def draw(brush, rng):
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
