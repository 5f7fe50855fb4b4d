import numpy as np

from .. import colours
from ..brush import smooth_path


def draw(brush, rng):
    """A snail's shell from the side: a bold spiral that widens to an opening, in bands."""
    shell = colours.one_of(
        rng, (0.85, 0.65, 0.4), (0.75, 0.45, 0.3), (0.9, 0.8, 0.6), (0.8, 0.6, 0.65), hue=0.04)
    groove = colours.lighter(shell, rng.uniform(-0.75, -0.5))
    turns = rng.uniform(2.3, 2.9)
    angles = np.linspace(0, 2 * np.pi * turns, int(24 * turns))
    growth = 0.88 * np.exp(-(angles[-1] - angles) * rng.uniform(0.13, 0.16))
    turn = 0.6 - angles[-1]
    rim = [(g * np.cos(a + turn), g * np.sin(a + turn)) for a, g in zip(angles, growth)]
    whorl = smooth_path(rim[-25:], closed=True)
    brush.fill(whorl, shell)
    with brush.clipped(whorl):
        for a in np.arange(0, 2 * np.pi, 2 * np.pi / rng.integers(14, 20)):
            ray = np.array([np.cos(a), np.sin(a)])
            brush.line([0.2 * ray, ray], colours.lighter(shell, 0.4), 0.06, alpha=0.7)
    brush.curve(rim, groove, 0.09)
    lip = (np.array(rim[-1]) + rim[-25]) / 2
    length = 0.5 * np.hypot(*np.subtract(rim[-1], rim[-25])) + 0.06
    brush.ellipse(*lip, length, 0.24, colours.lighter(shell, 0.35), angle=0.6)
    dark = colours.lighter(groove, -0.5)
    brush.ellipse(*lip, 0.78 * length, 0.15, dark, angle=0.6, volume=0, outline=False)
