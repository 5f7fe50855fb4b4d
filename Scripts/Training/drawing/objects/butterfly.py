import numpy as np

from .. import colours


def draw(brush, rng):
    """A butterfly from above: two pairs of spotted wings, a slender body and antennae."""
    wing = colours.anything(rng, (0.5, 1.0), (0.5, 1.0))
    rim = colours.lighter(wing, rng.uniform(-0.9, -0.5))
    spot = colours.anything(rng, (0.0, 1.0), (0.7, 1.0))
    upper = [(0.05, -0.1), (0.3, -0.6), (0.7, -0.85), (0.95, -0.65), (0.85, -0.2), (0.45, 0.05)]
    lower = [(0.05, 0.0), (0.45, 0.05), (0.75, 0.25), (0.7, 0.65), (0.4, 0.8), (0.15, 0.45)]
    reach = rng.uniform(0.85, 1.0)
    for flip in (False, True):
        with brush.placed(flip=flip):
            for points in (lower, upper):
                points = [(x * reach, y) for x, y in points]
                middle = np.mean(points, axis=0)
                brush.blob(points, rim)
                brush.blob([middle + 0.78 * (np.array(p) - middle) for p in points], wing, outline=False)
                brush.ellipse(*(middle + (0.08, -0.02)), 0.13, 0.12, spot, outline=False)
                brush.ellipse(*(middle + (0.08, -0.02)), 0.06, 0.06, rim, outline=False)
            for x, y in ((0.8 * reach, -0.62), (0.84 * reach, -0.42), (0.66 * reach, 0.52)):
                brush.ellipse(x, y, 0.05, 0.05, spot, outline=False)
            brush.curve([(0.03, -0.45), (0.1, -0.7), (0.26, -0.88)], (0.08, 0.06, 0.05), 0.05)
            brush.ellipse(0.27, -0.9, 0.05, 0.05, (0.08, 0.06, 0.05), outline=False)
    brush.ellipse(0, 0.08, 0.09, 0.5, colours.near(rng, (0.2, 0.13, 0.08)))
    brush.ball(0, -0.44, 0.11, (0.15, 0.1, 0.07))
