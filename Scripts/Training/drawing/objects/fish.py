import numpy as np

from .. import colours
from ..brush import smooth_path


def draw(brush, rng):
    """A fish from the side: an oval body, a forked tail, fins, an eye and often stripes."""
    skin = colours.anything(rng, (0.4, 1.0), (0.5, 1.0))
    fin = colours.near(rng, colours.lighter(skin, rng.uniform(-0.35, 0.3)), 0.08)
    tall = rng.uniform(0.4, 0.52)
    brush.blob([(0.42, 0.0), (0.7, -0.3), (0.95, -0.5), (0.84, 0.0), (0.95, 0.5), (0.7, 0.3)], fin)
    brush.blob([(-0.35, -tall * 0.7), (-0.1, -tall - 0.3), (0.3, -tall - 0.15), (0.3, -tall * 0.5)], fin)
    brush.blob([(-0.2, tall * 0.7), (0.0, tall + 0.25), (0.25, tall + 0.1), (0.2, tall * 0.6)], fin)
    body = smooth_path(
        [(-0.92, 0.03), (-0.6, -tall * 0.75), (-0.15, -tall), (0.3, -tall * 0.6), (0.6, -0.12),
         (0.6, 0.12), (0.3, tall * 0.6), (-0.15, tall), (-0.6, tall * 0.75)], closed=True)
    brush.fill(body, skin)
    with brush.clipped(body):
        if rng.uniform() < 0.6:
            band = colours.lighter(skin, rng.choice([-0.45, 0.6]))
            for x in np.arange(-0.25, 0.6, rng.uniform(0.22, 0.34)):
                brush.curve([(x, -0.6), (x + 0.08, 0), (x, 0.6)], band, 0.1)
        else:
            for x in np.arange(-0.2, 0.6, 0.18):
                for y in np.arange(-0.45, 0.5, 0.18):
                    scale = [(x, y - 0.09), (x + 0.08, y), (x, y + 0.09)]
                    brush.curve(scale, colours.lighter(skin, -0.35), 0.035)
    brush.curve([(-0.42, -tall * 0.6), (-0.32, 0), (-0.42, tall * 0.6)], colours.lighter(skin, -0.4), 0.05)
    brush.blob([(-0.2, 0.05), (0.08, -0.02), (0.14, 0.18), (-0.05, 0.2)], fin)
    brush.curve([(-0.9, 0.08), (-0.78, 0.12), (-0.7, 0.08)], colours.lighter(skin, -0.6), 0.045)
    brush.ellipse(-0.6, -0.12, 0.12, 0.12, (1, 1, 1), volume=0)
    brush.ellipse(-0.62, -0.12, 0.06, 0.06, (0.02, 0.02, 0.05), volume=0, outline=False)
