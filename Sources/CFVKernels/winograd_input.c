#include "multiversion.h"
#include "winograd_pooling.h"
#include "winograd_transforms.h"

enum { LARGEST_SIDE = CFV_WINOGRAD_LARGEST_SIDE, LARGEST_CELLS = CFV_WINOGRAD_LARGEST_CELLS };
enum { TILES_AHEAD = 4 };

CFV_INLINE void transform_rows(const long side, const Wide *cells, Wide *half) {
  UNROLL for (long i = 0; i < side; i++) winograd_input(side, cells + i * side, 1, half + i * side, 1);
}

// Reads 16 channels of a tile and transforms its rows while they are in registers: `whole` ones without a branch.
CFV_INLINE void load_full_tile(const cfv_winograd *p, const long side, const long results, const cfv_gate_kind kind,
                               const cfv_gate *gate, const int whole, const Extent *e, const float *images,
                               long channel, Wide *half) {
  for (long i = 0; i < side; i++) {
    if (!whole && (i < e->top || i >= e->bottom)) {
      UNROLL for (long j = 0; j < side; j++) half[i * side + j] = (Wide){0};
      continue;
    }
    IN_LINES Wide row[LARGEST_SIDE];
    UNROLL for (long j = 0; j < side; j++) {
      row[j] = (Wide){0};
      if (!whole && (j < e->left || j >= e->right)) continue;
      const long position = e->origin + i * p->width + j, offset = position * p->step + channel;
      row[j] = *(const Wide *)(images + offset);
      pass_gate(kind, gate, offset, position, channel, CFV_LANES, row + j);
      // What a tile some places to the right adds: memory is slower than arithmetic. Into the second cache, since the
      // first has too few lines.
      if (j < results) {
        const long ahead = offset + (side + TILES_AHEAD * results) * p->step;
        __builtin_prefetch(images + ahead, 0, 2);
        if (kind == CFV_GATE_RANGE) __builtin_prefetch(gate->values + ahead, 0, 2);
      }
    }
    winograd_input(side, row, 1, half + i * side, 1);
  }
}

// The same for up to 16 channels.
CFV_INLINE void load_tile(const cfv_winograd *p, const long side, const long results, const cfv_gate_kind kind,
                          const cfv_gate *gate, const Extent *e, const float *images, long channel, Wide *half) {
  const long channels = p->channels - channel;
  if (channels >= CFV_LANES) {
    if (is_whole(e, side))
      load_full_tile(p, side, results, kind, gate, 1, e, images, channel, half);
    else
      load_full_tile(p, side, results, kind, gate, 0, e, images, channel, half);
    return;
  }
  IN_LINES Wide cells[LARGEST_CELLS];
  for (long i = 0; i < side * side; i++) cells[i] = (Wide){0};
  for (long i = e->top; i < e->bottom; i++)
    for (long j = e->left; j < e->right; j++) {
      const long position = e->origin + i * p->width + j, offset = position * p->step + channel;
      load_wide(cells + i * side + j, images + offset, channels);
      pass_gate(kind, gate, offset, position, channel, channels, cells + i * side + j);
    }
  transform_rows(side, cells, half);
}

// The same from a map of maxima of 2×2 cells: a cell has its position's gradient if it won, else 0.
CFV_INLINE void load_pooled_tile(const cfv_winograd *p, const long side, const long results,
                                 const cfv_gate_kind kind, const cfv_gate *gate, const Extent *e, const float *images,
                                 const signed char *winners, long channel, Wide *half) {
  const long channels = p->channels - channel;
  IN_LINES Wide cells[LARGEST_CELLS];
  const long odd_top = p->padding_top & 1, odd_left = p->padding_left & 1;
  if (odd_top && odd_left && is_whole(e, pooled_side(side)) && channels >= CFV_LANES) {
    UNROLL for (long a = 0; a < pooled_side(side); a++)
      UNROLL for (long b = 0; b < pooled_side(side); b++) {
        const long position = e->origin + a * p->width + b;
        unpool(p, side, kind, gate, images, winners, position, channel, CFV_LANES, 2 * a - 1, 2 * b - 1, cells);
        // What a tile some places to the right adds, as above: half as many positions a row.
        if (b < results / 2) {
          const long ahead = position + pooled_side(side) + TILES_AHEAD * (results / 2);
          __builtin_prefetch(images + ahead * p->step + channel, 0, 2);
          if (kind == CFV_GATE_RANGE) __builtin_prefetch(gate->values + ahead * p->step + channel, 0, 2);
          __builtin_prefetch(winners + ahead * p->winner_step + channel, 0, 2);
        }
      }
    transform_rows(side, cells, half);
    return;
  }
  for (long i = 0; i < side * side; i++) cells[i] = (Wide){0};
  for (long a = e->top; a < e->bottom; a++)
    for (long b = e->left; b < e->right; b++)
      unpool(p, side, kind, gate, images, winners, e->origin + a * p->width + b, channel, channels, 2 * a - odd_top,
             2 * b - odd_left, cells);
  transform_rows(side, cells, half);
}

// The transform of a whole tile of 6×6 cells that no gate closes. Its rows are transformed twice, for three columns at a
// time, which stay in registers: reading cells again takes less time than writing what became of them.
CFV_INLINE void transform_open_six(const cfv_winograd *p, const Extent *e, const float *images, long channel,
                                   float *target, long distance) {
  UNROLL for (int last = 0; last < 2; last++) {
    IN_LINES Wide columns[3 * 6], result[6];
    UNROLL for (long i = 0; i < 6; i++) {
      const float *row = images + (e->origin + i * p->width) * p->step + channel;
      IN_LINES Wide cells[6];
      UNROLL for (long j = 0; j < 6; j++) cells[j] = *(const Wide *)(row + j * p->step);
      UNROLL for (long j = 0; j < 4 && !last; j++) __builtin_prefetch(row + (6 + TILES_AHEAD * 4 + j) * p->step, 0, 2);
      half_of_six_cells(last, cells, 1, columns + 3 * i, 1);
    }
    UNROLL for (long j = 0; j < 3; j++) {
      six_cells_of_input(columns + j, 3, result, 1);
      UNROLL for (long i = 0; i < 6; i++) *(Wide *)(target + (i * 6 + 3 * last + j) * distance) = result[i];
    }
  }
}

CFV_INLINE void transform_tiles(const cfv_winograd *p, const long side, const long results,
                                const cfv_gate_kind kind, const cfv_gate *gate, const int pooled, const float *images,
                                const signed char *winners, long first, long count, float *transformed,
                                long distance) {
  for (long t = 0; t < count; t++) {
    const Extent extent = extent_of(p, pooled ? pooled_side(side) : side, pooled ? 2 : 1, first + t);
    float *target = transformed + cfv_packed_row_offset(t, p->channels);
    for (long c = 0; c < p->channels; c += CFV_LANES, target += CFV_TILE_ROWS * CFV_TILE_DEPTH) {
      if (side == 6 && !pooled && kind == CFV_GATE_OPEN && p->channels - c >= CFV_LANES && is_whole(&extent, side)) {
        transform_open_six(p, &extent, images, c, target, distance);
        continue;
      }
      IN_LINES Wide half[LARGEST_CELLS], result[LARGEST_SIDE];
      if (pooled)
        load_pooled_tile(p, side, results, kind, gate, &extent, images, winners, c, half);
      else
        load_tile(p, side, results, kind, gate, &extent, images, c, half);
      UNROLL for (long j = 0; j < side; j++) {
        winograd_input(side, half + j, side, result, 1);
        UNROLL for (long i = 0; i < side; i++) *(Wide *)(target + (i * side + j) * distance) = result[i];
      }
    }
  }
}

CFV_MULTIVERSION CFV_WIDE void cfv_winograd_input(const cfv_winograd *p, const cfv_gate *gate, const float *images,
                                                  const signed char *winners, long first, long count,
                                                  float *transformed, long distance) {
  if (winners && p->tile.results == 6) {
    FOR_GATE(gate, transform_tiles(p, 8, 6, KIND, gate, 1, images, winners, first, count, transformed, distance))
  } else if (winners) {
    FOR_GATE(gate, transform_tiles(p, 6, 4, KIND, gate, 1, images, winners, first, count, transformed, distance))
  } else {
    FOR_TILE(p->tile, FOR_GATE(gate, transform_tiles(p, SIDE, RESULTS, KIND, gate, 0, images, NULL, first, count,
                                                     transformed, distance)))
  }
}
