// Which part of a tile lies inside the map that it is read from.
#ifndef CFV_WINOGRAD_EXTENT_H
#define CFV_WINOGRAD_EXTENT_H

#include "cfv_winograd.h"

// The part of a tile that lies inside the map, and the position where the tile's first one would lie.
typedef struct {
  long top, bottom, left, right;
  long origin;
} Extent;

static inline long clamp(long value, long low, long high) {
  return value < low ? low : value > high ? high : value;
}

// A tile touches side × side positions of the map, each of which stands for `cells` × `cells` cells.
static inline Extent extent_of(const cfv_winograd *p, const long side, const long cells, long tile) {
  const long tiles = p->tiles_high * p->tiles_wide;
  const long image = tile / tiles, row = tile % tiles / p->tiles_wide, column = tile % p->tiles_wide;
  const long top = row * p->tile.results - p->padding_top, left = column * p->tile.results - p->padding_left;
  // Rounded down, also before the map.
  const long y = (top - (top & (cells - 1))) / cells, x = (left - (left & (cells - 1))) / cells;
  return (Extent){clamp(-y, 0, side), clamp(p->height - y, 0, side), clamp(-x, 0, side), clamp(p->width - x, 0, side),
                  (image * p->height + y) * p->width + x};
}

// Whether no position is outside.
static inline int is_whole(const Extent *e, const long side) {
  return e->top == 0 && e->left == 0 && e->bottom == side && e->right == side;
}

#endif
