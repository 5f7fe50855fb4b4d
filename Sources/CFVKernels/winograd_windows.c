#include "block_transposition.h"
#include "cfv_winograd.h"
#include "multiversion.h"
#include "winograd_transforms.h"

enum { LARGEST_SIDE = CFV_WINOGRAD_LARGEST_SIDE, LARGEST_WINDOW = 5, LARGEST_CELLS = 25, ROWS_AHEAD = 6 };

// The cells of a transformed window, `distance` floats apart.
CFV_INLINE void transform_window(const Wide *window, const long side, const long tile, float *target, long distance) {
  IN_LINES Wide half[LARGEST_SIDE * LARGEST_WINDOW], result[LARGEST_SIDE];
  UNROLL for (long j = 0; j < side; j++) winograd_window(tile, side, window + j, side, half + j, side);
  UNROLL for (long i = 0; i < tile; i++) {
    winograd_window(tile, side, half + i * side, 1, result, 1);
    UNROLL for (long j = 0; j < tile; j++) *(Wide *)(target + (i * tile + j) * distance) = result[j];
  }
}

CFV_INLINE void transform_windows(const float *windows, const long side, const long tile, long inner, long width,
                                  float *transformed, long distance) {
  for (long r = 0; r < inner; r++, windows += side * side * width)
    for (long c = 0; c < width; c += CFV_LANES) {
      IN_LINES Wide window[LARGEST_CELLS];
      UNROLL for (long k = 0; k < side * side; k++) {
        window[k] = *(const Wide *)(windows + k * width + c);
        // Among 36 or 64 stretches that are written the processor does not see which one is read next.
        __builtin_prefetch(windows + (ROWS_AHEAD * side * side + k) * width + c);
      }
      transform_window(window, side, tile, transformed + r * width + c, distance);
    }
}

CFV_MULTIVERSION CFV_WIDE void cfv_winograd_windows(const float *windows, cfv_winograd_tile tile, long inner,
                                                    long width, float *transformed, long distance) {
  FOR_TILE(tile, transform_windows(windows, WINDOW, SIDE, inner, width, transformed, distance))
}

// 16 rows' and 16 columns' windows turned round, from the panels of the other way: windows[row · cells + cell].
CFV_INLINE void turn_windows(const float *panel, const long cells, long step, long columns, Wide *windows) {
  for (long k = 0; k < cells; k++) {
    IN_LINES Wide block[CFV_LANES];
    UNROLL for (long c = 0; c < CFV_LANES; c++)
      block[c] = c < columns ? *(const Wide *)(panel + (c * cells + k) * step) : (Wide){0};
    transpose_block(block);
    UNROLL for (long r = 0; r < CFV_LANES; r++) windows[r * cells + cells - 1 - k] = block[r];
  }
}

CFV_INLINE void transform_turned(const float *panel, const long side, const long tile, long step, long inner,
                                 long columns, long width, float *transformed, long distance) {
  const long cells = side * side;
  IN_LINES Wide windows[CFV_LANES * LARGEST_CELLS];
  for (long c = 0; c < width; c += CFV_LANES)
    for (long r = 0; r < inner; r += CFV_LANES) {
      turn_windows(panel + c * cells * step + r, cells, step, columns - c, windows);
      const long rows = inner - r < CFV_LANES ? inner - r : CFV_LANES;
      for (long i = 0; i < rows; i++)
        transform_window(windows + i * cells, side, tile, transformed + (r + i) * width + c, distance);
    }
}

CFV_MULTIVERSION CFV_WIDE void cfv_winograd_turned_windows(const float *panel, cfv_winograd_tile tile, long step,
                                                           long inner, long columns, long width, float *transformed,
                                                           long distance) {
  FOR_TILE(tile, transform_turned(panel, WINDOW, SIDE, step, inner, columns, width, transformed, distance))
}
