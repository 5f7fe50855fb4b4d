import numpy as np

from .. import colours


def draw(brush, rng):
    """A ladybird from above: round spotted wing cases, a dark head with pale marks, six legs."""
    shell = colours.one_of(rng, (0.85, 0.1, 0.08), (0.9, 0.3, 0.08), (0.95, 0.7, 0.1), hue=0.02, value=0.1)
    black = (0.06, 0.05, 0.06)
    for side in (-1, 1):
        for y, end in ((-0.3, -0.5), (0.15, 0.2), (0.5, 0.85)):
            brush.curve([(0.5 * side, y), (0.78 * side, (y + end) / 2), (0.92 * side, end)], black, 0.09)
        brush.curve([(0.12 * side, -0.72), (0.22 * side, -0.92), (0.36 * side, -0.96)], black, 0.06)
    brush.ellipse(0, -0.55, 0.42, 0.32, black)
    for side in (-1, 1):
        brush.ellipse(0.24 * side, -0.62, 0.1, 0.09, (0.97, 0.95, 0.9), outline=False)
    brush.ellipse(0, 0.16, 0.72, 0.76, shell)
    glint = 0.4 * np.array([np.cos(brush.light), np.sin(brush.light)]) + (0, 0.1)
    brush.ellipse(*glint, 0.12, 0.08, (1, 1, 1), alpha=0.5, volume=0, outline=False)
    brush.line([(0, -0.6), (0, 0.92)], black, 0.06)
    spots = [(0.3, -0.2), (0.44, 0.24), (0.2, 0.5), (0.34, -0.02)][: rng.integers(2, 4)]
    size = rng.uniform(0.12, 0.17)
    for x, y in spots:
        for side in (-1, 1):
            brush.ellipse(x * side, y, size, size, black, volume=0, outline=False)
