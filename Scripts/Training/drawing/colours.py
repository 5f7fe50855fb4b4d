"""Colours as (red, green, blue) triples in 0…1, and ways of drawing them at random."""

import colorsys

import numpy as np


def hsv(hue, saturation, value):
    """A colour from hue, saturation and value, each in 0…1; the hue wraps around."""
    return colorsys.hsv_to_rgb(hue % 1.0, _clamped(saturation), _clamped(value))


def _clamped(x):
    return min(max(float(x), 0.0), 1.0)


def near(rng, colour, hue=0.04, saturation=0.2, value=0.2):
    """`colour` moved by at most these amounts in hue, saturation and value."""
    h, s, v = colorsys.rgb_to_hsv(*colour)
    return hsv(
        h + rng.uniform(-hue, hue),
        s + rng.uniform(-saturation, saturation),
        v + rng.uniform(-value, value),
    )


def one_of(rng, *choices, **amounts):
    """One of `choices`, moved a little as `near` does."""
    return near(rng, choices[rng.integers(len(choices))], **amounts)


def anything(rng, saturation=(0.0, 1.0), value=(0.15, 1.0)):
    """Any colour of the given ranges."""
    return hsv(rng.uniform(), rng.uniform(*saturation), rng.uniform(*value))


def mixed(first, second, share):
    """`first` with `share` (0…1) of `second` in it."""
    return tuple((1 - share) * a + share * b for a, b in zip(first, second))


def lighter(colour, share):
    """`colour` with `share` of white in it; of black, where `share` is negative."""
    return mixed(colour, (1, 1, 1) if share > 0 else (0, 0, 0), abs(share))


def contrast(first, second):
    """How far two colours are apart in brightness and hue: 0 (the same) to about 1.7."""
    return float(np.linalg.norm(np.subtract(first, second)))
