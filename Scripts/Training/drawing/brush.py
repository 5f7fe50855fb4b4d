"""The pen the classes are drawn with: shapes in a square of -1…1, lit from one side."""

import math

import numpy as np
import skia

from .colours import lighter


def _argb(colour, alpha=1.0):
    return skia.Color4f(*[min(max(float(c), 0.0), 1.0) for c in colour], float(alpha)).toColor()


def smooth_path(points, closed=False):
    """The Catmull–Rom curve through `points`."""
    points = [np.asarray(p, dtype=float) for p in points]
    count = len(points)
    path = skia.Path()
    path.moveTo(*map(float, points[0]))
    for i in range(count if closed else count - 1):
        if closed:
            before, start = points[(i - 1) % count], points[i]
            end, after = points[(i + 1) % count], points[(i + 2) % count]
        else:
            before, start = points[max(i - 1, 0)], points[i]
            end, after = points[i + 1], points[min(i + 2, count - 1)]
        first, second = start + (end - before) / 6, end - (after - start) / 6
        path.cubicTo(*map(float, (*first, *second, *end)))
    if closed:
        path.close()
    return path


def straight_path(points, closed=True):
    """The polygon (or, not closed, the line) through `points`."""
    path = skia.Path()
    path.moveTo(*map(float, points[0]))
    for point in points[1:]:
        path.lineTo(*map(float, point))
    if closed:
        path.close()
    return path


def ellipse_path(x, y, rx, ry):
    """An upright ellipse about (x, y)."""
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry))
    return path


class Brush:
    """Fills and strokes paths on `canvas`; shades every fill from the side the light comes from.

    Coordinates are x to the right and y down, and an object fills about -1…1. `light` is the
    direction towards the light in radians, `volume` (0…1) how strongly it shades, `outline` the
    width of a dark line around every fill (0: none).
    """

    def __init__(self, canvas, light=-2.2, volume=0.5, outline=0.0, ink=(0.05, 0.05, 0.05)):
        self.canvas = canvas
        self.light = light
        self.volume = volume
        self.outline = outline
        self.ink = ink

    # Fills

    def fill(self, path, colour, volume=None, alpha=1.0, outline=True):
        """Fills `path`, brighter towards the light and darker away from it."""
        volume = self.volume if volume is None else volume
        paint = skia.Paint(AntiAlias=True)
        bounds = path.computeTightBounds()
        x, y = bounds.centerX(), bounds.centerY()
        reach = 0.5 * math.hypot(bounds.width(), bounds.height())
        if volume > 0 and reach > 0:
            dx, dy = math.cos(self.light) * reach, math.sin(self.light) * reach
            bright, dark = lighter(colour, 0.45 * volume), lighter(colour, -0.5 * volume)
            paint.setShader(
                skia.GradientShader.MakeLinear(
                    [(x + dx, y + dy), (x - dx, y - dy)],
                    [_argb(bright, alpha), _argb(colour, alpha), _argb(dark, alpha)],
                    [0.0, 0.45, 1.0],
                )
            )
        else:
            paint.setColor(_argb(colour, alpha))
        self.canvas.drawPath(path, paint)
        if outline and self.outline > 0:
            self.stroke(path, self.ink, self.outline)

    def polygon(self, points, colour, **options):
        """A filled polygon with sharp corners."""
        self.fill(straight_path(points), colour, **options)

    def blob(self, points, colour, **options):
        """A filled smooth closed curve through `points`."""
        self.fill(smooth_path(points, closed=True), colour, **options)

    def ellipse(self, x, y, rx, ry, colour, angle=0.0, **options):
        """A filled ellipse about (x, y), turned by `angle` radians."""
        path = ellipse_path(x, y, rx, ry)
        if angle:
            path.transform(skia.Matrix().setRotate(math.degrees(angle), x, y))
        self.fill(path, colour, **options)

    def ball(self, x, y, radius, colour, alpha=1.0):
        """A shaded sphere with a soft highlight."""
        dx, dy = math.cos(self.light), math.sin(self.light)
        paint = skia.Paint(AntiAlias=True)
        paint.setShader(
            skia.GradientShader.MakeRadial(
                (x + 0.4 * radius * dx, y + 0.4 * radius * dy),
                1.5 * radius,
                [
                    _argb(lighter(colour, 0.6 * self.volume), alpha),
                    _argb(colour, alpha),
                    _argb(lighter(colour, -0.7 * self.volume), alpha),
                ],
                [0.0, 0.45, 1.0],
            )
        )
        self.canvas.drawCircle(x, y, radius, paint)
        if self.outline > 0:
            self.stroke(ellipse_path(x, y, radius, radius), self.ink, self.outline)

    # Lines

    def stroke(self, path, colour, width, alpha=1.0):
        """Strokes `path` with round ends and joints."""
        self.canvas.drawPath(
            path,
            skia.Paint(
                AntiAlias=True,
                Style=skia.Paint.kStroke_Style,
                StrokeWidth=float(width),
                StrokeCap=skia.Paint.kRound_Cap,
                StrokeJoin=skia.Paint.kRound_Join,
                Color=_argb(colour, alpha),
            ),
        )

    def line(self, points, colour, width, **options):
        """Straight pieces through `points`."""
        self.stroke(straight_path(points, closed=False), colour, width, **options)

    def curve(self, points, colour, width, **options):
        """A smooth line through `points`."""
        self.stroke(smooth_path(points), colour, width, **options)

    def ring(self, x, y, rx, ry, colour, width, **options):
        """An ellipse's line."""
        self.stroke(ellipse_path(x, y, rx, ry), colour, width, **options)

    # Placement

    def placed(self, x=0.0, y=0.0, scale=1.0, angle=0.0, flip=False):
        """A context in which everything is moved, scaled, turned and mirrored: `with brush.placed(...):`."""
        return _Placement(self, x, y, scale, angle, flip)

    def clipped(self, path):
        """A context in which only the inside of `path` is painted: `with brush.clipped(path):`."""
        return _Clip(self.canvas, path)


class _Placement:
    """Keeps the light where it is in the picture while the coordinates turn."""

    def __init__(self, brush, x, y, scale, angle, flip):
        self.brush, self.x, self.y = brush, x, y
        self.scale, self.angle, self.flip = scale, angle, flip

    def __enter__(self):
        canvas = self.brush.canvas
        canvas.save()
        canvas.translate(self.x, self.y)
        canvas.rotate(math.degrees(self.angle))
        canvas.scale(-self.scale if self.flip else self.scale, self.scale)
        self.light = self.brush.light
        turned = self.light - self.angle
        self.brush.light = math.pi - turned if self.flip else turned
        return self.brush

    def __exit__(self, *_):
        self.brush.light = self.light
        self.brush.canvas.restore()


class _Clip:
    def __init__(self, canvas, path):
        self.canvas, self.path = canvas, path

    def __enter__(self):
        self.canvas.save()
        self.canvas.clipPath(self.path, doAntiAlias=True)

    def __exit__(self, *_):
        self.canvas.restore()
