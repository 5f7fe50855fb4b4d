from .. import colours


def draw(brush, rng):
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
