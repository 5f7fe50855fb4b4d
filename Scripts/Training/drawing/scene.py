"""One training picture: a background, an object in a random pose and light, and a camera's faults."""

import math

import numpy as np
import skia

from .backgrounds import background, foreground
from .brush import Brush

SIDE = 96
"""Height and width of a picture in pixels."""


def picture(draw, rng, side=SIDE, margin=1.0):
    """A picture of what `draw(brush, rng)` draws: uint8, [side, side, 3]."""
    surface = skia.Surface(side, side)
    canvas = surface.getCanvas()
    background(canvas, rng, side)

    pose = rng.uniform(0.30, 0.46) * side * margin
    reach = max(0.0, 0.5 * side - pose) * 0.9 + 0.03 * side
    canvas.save()
    canvas.translate(
        side / 2 + rng.uniform(-reach, reach), side / 2 + rng.uniform(-reach, reach)
    )
    brush = Brush(
        canvas,
        light=rng.uniform(0, 2 * math.pi) if rng.uniform() < 0.3 else rng.normal(-math.pi / 2, 0.8),
        volume=rng.uniform(0.1, 0.9),
        outline=rng.uniform(0.02, 0.05) if rng.uniform() < 0.35 else 0.0,
    )
    canvas.scale(pose * rng.uniform(0.92, 1.08), pose * rng.uniform(0.92, 1.08))
    canvas.skew(rng.normal(0, 0.06), 0)
    # Things keep facing one way: a network that knows both paints animals with a head at either end.
    with brush.placed(angle=rng.normal(0, 0.16)):
        draw(brush, rng)
    canvas.restore()
    foreground(canvas, rng, side)
    return camera(surface.makeImageSnapshot().toarray()[:, :, 2::-1], rng)


def camera(picture, rng):
    """Exposure, contrast, white balance, blur and noise, as a cheap camera adds them."""
    x = picture.astype(np.float32) / 255
    if rng.uniform() < 0.4:
        share = rng.uniform(0.1, 0.6)
        for axis in (0, 1):
            padded = np.concatenate([x.take([0], axis), x, x.take([-1], axis)], axis)
            count = x.shape[axis]
            before = padded.take(range(0, count), axis)
            after = padded.take(range(2, count + 2), axis)
            x = (1 - share) * x + share * 0.5 * (before + after)
    balance = 1 + rng.normal(0, 0.05, 3).astype(np.float32)
    contrast = np.float32(rng.uniform(0.75, 1.15))
    x = ((x - 0.5) * contrast + 0.5 + np.float32(rng.normal(0, 0.05))) * balance
    x = x + rng.normal(0, rng.uniform(0, 0.03), x.shape).astype(np.float32)
    return np.clip(np.rint(x * 255), 0, 255).astype(np.uint8)
