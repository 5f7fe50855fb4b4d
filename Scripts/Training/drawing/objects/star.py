import math

from .. import colours
from ..brush import straight_path


def draw(brush, rng):
    """A five-pointed star, its tip up: plain and rimmed, bevelled into facets, or rounded and glossy."""
    colour = colours.anything(rng, (0.35, 1.0), (0.45, 1.0))
    if rng.uniform() < 0.45:
        colour = colours.one_of(
            rng, (0.98, 0.8, 0.15), (0.95, 0.65, 0.1), (0.88, 0.15, 0.12), (0.9, 0.9, 0.92)
        )
    edge = colours.lighter(colour, -0.5 if rng.uniform() < 0.75 else 0.65)
    inner, kind = rng.uniform(0.38, 0.5), rng.uniform()
    if kind < 0.4:
        _facets(brush, _star_points(0.97, inner), colour)
        brush.stroke(_star(0.97, inner), edge, 0.045)
    elif kind < 0.7:
        path = _star(0.82, inner + 0.04)
        brush.stroke(path, edge, 0.3)
        brush.stroke(path, colour, 0.18)
        brush.fill(path, colour, outline=False)
        with brush.clipped(path):
            brush.ellipse(
                0, -0.42, 0.5, 0.36, colours.lighter(colour, 0.6), alpha=0.45, volume=0, outline=False
            )
    else:
        brush.fill(_star(0.98, inner), edge)
        brush.fill(_star(0.8, inner * 0.82), colour)
        brush.fill(
            _star(0.45, inner * 0.46), colours.lighter(colour, rng.choice([-0.25, 0.4])), outline=False
        )


def _star_points(outer, inner):
    """The ten corners of a star from its upper tip on; `inner` is a share of `outer`."""
    radii = [outer, outer * inner] * 5
    turns = [math.pi * (0.2 * i - 0.5) for i in range(10)]
    return [(r * math.cos(turn), r * math.sin(turn)) for r, turn in zip(radii, turns)]


def _star(outer, inner):
    return straight_path(_star_points(outer, inner))


def _facets(brush, points, colour):
    """A pyramid over the polygon `points`: every facet is as bright as it faces the light."""
    for start, end in zip(points, points[1:] + points[:1]):
        across = math.atan2(start[0] - end[0], end[1] - start[1])
        facing = -math.cos(across - brush.light)
        shade = (0.45 if facing > 0 else 0.6) * facing
        brush.polygon([(0, 0), start, end], colours.lighter(colour, shade), volume=0.2, outline=False)
