"""The things PictureNet knows, one a module: `draw(brush, rng)` draws it in a square of -1…1."""
