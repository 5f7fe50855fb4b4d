#include "cfv_winograd.h"
#include "gate.h"
#include "multiversion.h"
#include "winograd_transforms.h"

enum { SIDE = CFV_WINOGRAD_SIDE, CELLS = CFV_WINOGRAD_CELLS, TILES_AHEAD = 4 };

// The part of a tile that lies inside the map, and where the tile's first cell would lie.
typedef struct {
  long top, bottom, left, right;
  long origin;
} Extent;

static inline long clamp(long value, long low, long high) {
  return value < low ? low : value > high ? high : value;
}

static Extent extent_of(const cfv_winograd *p, long tile) {
  const long tiles = p->tiles_high * p->tiles_wide;
  const long image = tile / tiles, row = tile % tiles / p->tiles_wide, column = tile % p->tiles_wide;
  const long y = row * p->outputs - p->padding_top, x = column * p->outputs - p->padding_left;
  return (Extent){clamp(-y, 0, SIDE), clamp(p->height - y, 0, SIDE), clamp(-x, 0, SIDE), clamp(p->width - x, 0, SIDE),
                  ((image * p->height + y) * p->width + x) * p->step};
}

// Reads the cells of a tile for up to 16 channels. Whole tiles are read without a branch.
CFV_INLINE void load_tile(const cfv_winograd *p, const cfv_gate_kind kind, const cfv_gate *gate, const Extent *e,
                          const float *images, const float *values, long channels, Wide *d) {
  const long row_step = p->width * p->step;
  if (e->top == 0 && e->left == 0 && e->bottom == SIDE && e->right == SIDE && channels >= CFV_LANES) {
    for (long i = 0; i < SIDE; i++)
      UNROLL for (long j = 0; j < SIDE; j++) {
        const long offset = e->origin + i * row_step + j * p->step;
        Wide cell = *(const Wide *)(images + offset);
        if (kind != CFV_GATE_OPEN) {
          const Wide value = *(const Wide *)(values + offset);
          pass_gate(kind, gate, &cell, &value);
        }
        d[i * SIDE + j] = cell;
        // What a tile some places to the right adds: memory is slower than arithmetic. Into the second cache, since
        // the first has too few lines.
        if (j < p->outputs) {
          const long ahead = offset + (SIDE + TILES_AHEAD * p->outputs) * p->step;
          __builtin_prefetch(images + ahead, 0, 2);
          if (kind != CFV_GATE_OPEN) __builtin_prefetch(values + ahead, 0, 2);
        }
      }
    return;
  }
  for (long i = 0; i < CELLS; i++) d[i] = (Wide){0};
  for (long i = e->top; i < e->bottom; i++)
    for (long j = e->left; j < e->right; j++) {
      const long offset = e->origin + i * row_step + j * p->step;
      Wide *cell = d + i * SIDE + j;
      Wide value;
      load_wide(cell, images + offset, channels);
      if (kind == CFV_GATE_OPEN) continue;
      load_wide(&value, values + offset, channels);
      pass_gate(kind, gate, cell, &value);
    }
}

CFV_INLINE void transform_tiles(const cfv_winograd *p, const cfv_gate_kind kind, const cfv_gate *gate,
                                const float *images, const float *values, long first, long count, float *transformed,
                                long distance) {
  const long block = cfv_packed_rows_count(CFV_TILE_ROWS, p->channels);
  for (long t = 0; t < count; t++) {
    const Extent extent = extent_of(p, first + t);
    float *target = transformed + t / CFV_TILE_ROWS * block + t % CFV_TILE_ROWS * CFV_TILE_DEPTH;
    for (long c = 0; c < p->channels; c += CFV_LANES, target += CFV_TILE_ROWS * CFV_TILE_DEPTH) {
      Wide cells[CELLS], half[CELLS], result[SIDE];
      load_tile(p, kind, gate, &extent, images + c, values + c, p->channels - c, cells);
      UNROLL for (long j = 0; j < SIDE; j++) winograd_input(cells + j, SIDE, half + j, SIDE);
      UNROLL for (long i = 0; i < SIDE; i++) {
        winograd_input(half + i * SIDE, 1, result, 1);
        UNROLL for (long j = 0; j < SIDE; j++) *(Wide *)(target + (i * SIDE + j) * distance) = result[j];
      }
    }
  }
}

CFV_MULTIVERSION CFV_WIDE void cfv_winograd_input(const cfv_winograd *p, const cfv_gate *gate, const float *images,
                                                  const float *values, long first, long count, float *transformed,
                                                  long distance) {
  FOR_GATE(gate, transform_tiles(p, KIND, gate, images, values, first, count, transformed, distance))
}
