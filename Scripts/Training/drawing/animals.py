"""Animals, each drawn in a square of -1…1 by `draw_…(brush, rng)`."""

import numpy as np

from . import colours
from .brush import ellipse_path, smooth_path, straight_path


def draw_flamingo(brush, rng):
    """A bird on one or two thin legs, with an S-shaped neck and a bent bill, in pinks."""
    pink = colours.one_of(rng, (0.98, 0.55, 0.6), (0.98, 0.45, 0.4), (0.95, 0.6, 0.75), hue=0.03)
    leg = colours.near(rng, (0.9, 0.5, 0.5), 0.03)
    sway = rng.uniform(-0.06, 0.06)
    hip, foot = (-0.18 + sway, 0.3), (-0.15, 0.95)
    brush.line([hip, (-0.2, 0.6), foot, (-0.02, 0.97)], leg, 0.06)
    if rng.uniform() < 0.5:
        brush.line([(-0.1, 0.3), (0.2, 0.5), (-0.08, 0.65)], leg, 0.055)
    else:
        brush.line([(-0.02, 0.3), (0.05, 0.6), (0.02, 0.95), (0.16, 0.97)], leg, 0.055)
    head = np.array([0.42 + sway, -0.78])
    neck = [(0.1, 0.12), (0.42, -0.05), (0.36, -0.3), (0.12, -0.45), (0.16, -0.72), tuple(head)]
    bill = smooth_path([head + (0.08, -0.1), head + (0.3, -0.02), head + (0.36, 0.16), head + (0.3, 0.32),
                        head + (0.2, 0.16), head + (0.06, 0.1)], closed=True)
    if brush.outline > 0:
        brush.curve(neck, brush.ink, 0.16 + brush.outline)
        brush.stroke(bill, brush.ink, brush.outline)
        brush.stroke(ellipse_path(*head, 0.15, 0.12), brush.ink, brush.outline)
    brush.blob(
        [(-0.85, 0.22), (-0.5, -0.05), (-0.05, -0.15), (0.22, 0.02), (0.2, 0.28), (-0.1, 0.42), (-0.5, 0.38)],
        pink,
    )
    brush.blob(
        [(-0.85, 0.2), (-0.5, 0.0), (-0.1, 0.0), (0.05, 0.15), (-0.25, 0.3), (-0.55, 0.32)],
        colours.lighter(pink, rng.uniform(-0.25, 0.2)),
        outline=False,
    )
    brush.curve(neck, pink, 0.16)
    brush.fill(bill, colours.near(rng, (0.95, 0.85, 0.8)), outline=False)
    with brush.clipped(bill):
        brush.ellipse(*(head + (0.34, 0.28)), 0.2, 0.16, (0.08, 0.06, 0.08), volume=0, outline=False)
    brush.ellipse(*head, 0.15, 0.12, pink, outline=False)
    brush.ellipse(*(head + (0.02, -0.02)), 0.035, 0.035, (0.1, 0.05, 0.05), outline=False)


def draw_fish(brush, rng):
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


def draw_butterfly(brush, rng):
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


def draw_zebra(brush, rng):
    """A striped horse from the side, with an upright mane, four legs and a tufted tail."""
    white = colours.near(rng, (0.95, 0.93, 0.88), 0.05, 0.08, 0.08)
    black = colours.near(rng, (0.08, 0.07, 0.07), 0.05, 0.1, 0.06)
    step = rng.uniform(-0.06, 0.06)
    brush.curve([(0.72, -0.25), (0.88, 0.0), (0.86, 0.3)], white, 0.07)
    brush.curve([(0.87, 0.1), (0.86, 0.38)], black, 0.11)
    legs = [(-0.38, -0.42 + step), (-0.2, -0.16 - step), (0.42, 0.4 + step), (0.6, 0.64 - step)]
    for top, foot in legs:
        leg = straight_path([(top - 0.1, 0.1), (top + 0.1, 0.1), (foot + 0.065, 0.92), (foot - 0.065, 0.92)])
        brush.fill(leg, white)
        with brush.clipped(leg):
            for y in np.arange(0.28, 0.85, 0.15):
                brush.line([(top - 0.3, y), (top + 0.3, y + 0.03)], black, 0.06)
        brush.line([(foot - 0.05, 0.93), (foot + 0.04, 0.93)], black, 0.09)
    mane = [(-0.3, -0.28), (-0.32, -0.62), (-0.5, -0.92), (-0.64, -0.9), (-0.55, -0.55)]
    brush.blob(mane, black)
    body = smooth_path(
        [(-0.5, 0.12), (-0.6, -0.12), (-0.72, -0.42), (-0.92, -0.36), (-0.97, -0.5), (-0.7, -0.84),
         (-0.54, -0.84), (-0.4, -0.5), (-0.2, -0.28), (0.3, -0.28), (0.66, -0.3), (0.78, -0.05),
         (0.7, 0.22), (0.3, 0.24), (-0.2, 0.28)], closed=True)
    brush.fill(body, white)
    with brush.clipped(body):
        gap = rng.uniform(0.15, 0.19)
        for x in np.arange(-0.36, 0.8, gap):
            brush.curve([(x - 0.02, -0.4), (x + 0.04, 0.0), (x - 0.02, 0.35)], black, 0.45 * gap)
        for i in range(5):
            x, y = -0.42 - 0.07 * i, -0.16 - 0.13 * i
            brush.line([(x - 0.3, y - 0.02), (x + 0.25, y - 0.16)], black, 0.06)
    brush.blob([(-0.99, -0.46), (-0.88, -0.36), (-0.82, -0.4), (-0.92, -0.54)], black, outline=False)
    brush.blob([(-0.62, -0.78), (-0.66, -0.98), (-0.56, -0.94), (-0.52, -0.8)], white)
    brush.ellipse(-0.72, -0.66, 0.045, 0.045, (0.02, 0.02, 0.02), outline=False)


def draw_penguin(brush, rng):
    """A penguin from the front: dark coat, white belly, orange bill and feet, flippers."""
    coat = colours.one_of(rng, (0.1, 0.11, 0.15), (0.15, 0.2, 0.35), (0.22, 0.22, 0.25), value=0.08)
    belly = colours.near(rng, (0.96, 0.95, 0.92), 0.05, 0.06, 0.06)
    orange = colours.near(rng, (0.97, 0.6, 0.12), 0.03)
    raised = rng.uniform(0.0, 0.25)
    for side in (-1, 1):
        brush.ellipse(0.24 * side, 0.9, 0.22, 0.1, orange)
        brush.blob([(0.42 * side, -0.25), (0.62 * side, 0.05 - raised), (0.78 * side, 0.42 - 1.4 * raised),
                    (0.66 * side, 0.46 - raised), (0.45 * side, 0.25)], coat)
    brush.blob([(0, -0.95), (0.32, -0.85), (0.4, -0.5), (0.5, -0.1), (0.58, 0.4), (0.4, 0.85), (0, 0.93),
                (-0.4, 0.85), (-0.58, 0.4), (-0.5, -0.1), (-0.4, -0.5), (-0.32, -0.85)], coat)
    brush.blob([(0, -0.28), (0.3, -0.18), (0.42, 0.35), (0.28, 0.78), (0, 0.85), (-0.28, 0.78), (-0.42, 0.35),
                (-0.3, -0.18)], belly, outline=False)
    for side in (-1, 1):
        brush.ellipse(0.15 * side, -0.58, 0.16, 0.2, belly, outline=False)
        brush.ellipse(0.13 * side, -0.6, 0.065, 0.08, (0.03, 0.03, 0.05), volume=0, outline=False)
    brush.polygon([(-0.14, -0.48), (0.14, -0.48), (0, -0.24)], orange)


def draw_ladybird(brush, rng):
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


def draw_spiral_shell(brush, rng):
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
