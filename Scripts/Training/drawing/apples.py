"""Scenes with a number of apples: the training data of AppleCounter."""

import numpy as np
import skia

from . import colours
from .backgrounds import background
from .brush import Brush
from .scene import SIDE, camera

MOST_APPLES = 9
"""The most apples of a scene."""


def apple_scene(count, rng, side=SIDE):
    """`count` whole apples that do not hide one another, before any background: uint8 [side, side, 3]."""
    surface = skia.Surface(side, side)
    canvas = surface.getCanvas()
    background(canvas, rng, side)
    brush = Brush(
        canvas,
        light=rng.normal(-np.pi / 2, 0.8),
        volume=rng.uniform(0.3, 0.9),
        outline=rng.uniform(0.04, 0.1) if rng.uniform() < 0.3 else 0.0,
    )
    for x, y, radius in _places(count, rng, side):
        with brush.placed(x, y, radius, rng.normal(0, 0.25), rng.uniform() < 0.5):
            draw_apple(brush, rng)
    return camera(surface.makeImageSnapshot().toarray()[:, :, 2::-1], rng)


def draw_apple(brush, rng):
    """An apple with its dimple, stalk and (mostly) a leaf, in reds, greens and yellows; it fills -1…1."""
    red, orange, green = (0.82, 0.1, 0.12), (0.85, 0.3, 0.15), (0.55, 0.72, 0.2)
    skin = colours.one_of(rng, red, red, orange, green, hue=0.02)
    top = rng.uniform(-0.62, -0.5)
    brush.curve([(0, top), (0.04, -0.75), (rng.uniform(0.05, 0.2), -1.0)], (0.3, 0.2, 0.1), 0.13)
    brush.blob(
        [(0, top), (0.45, -0.72), (0.9, -0.35), (0.85, 0.3), (0.45, 0.88), (0, 0.78),
         (-0.45, 0.88), (-0.85, 0.3), (-0.9, -0.35), (-0.45, -0.72)],
        skin,
    )
    if rng.uniform() < 0.7:
        leaf = colours.near(rng, (0.3, 0.6, 0.2))
        brush.blob([(0.08, -0.75), (0.3, -1.0), (0.65, -0.98), (0.4, -0.76)], leaf)
    glint = 0.5 * np.array([np.cos(brush.light), np.sin(brush.light)])
    brush.ellipse(*glint, 0.16, 0.22, (1, 1, 1), alpha=rng.uniform(0.3, 0.8), volume=0, outline=False)


def _places(count, rng, side):
    """Centres and radii in pixels; the apples shrink until they fit."""
    radius = side * rng.uniform(0.085, 0.125)
    places, failures = [], 0
    while len(places) < count:
        own = radius * rng.uniform(0.9, 1.1)
        x, y = rng.uniform(own, side - own, 2)
        if all((x - a) ** 2 + (y - b) ** 2 > (0.95 * (own + other)) ** 2 for a, b, other in places):
            places.append((x, y, own))
        else:
            failures += 1
            if failures % 50 == 0:
                radius *= 0.95
    return places
