#include "cfv_winograd.h"
#include "multiversion.h"
#include "winograd_transforms.h"

enum { SIDE = CFV_WINOGRAD_SIDE, CELLS = CFV_WINOGRAD_CELLS, LARGEST_WINDOW = 5, ROWS_AHEAD = 6 };

CFV_INLINE void transform_windows(const float *windows, const long side, long inner, long width, float *transformed,
                                  long distance) {
  for (long r = 0; r < inner; r++, windows += side * side * width)
    for (long c = 0; c < width; c += CFV_LANES) {
      Wide window[LARGEST_WINDOW * LARGEST_WINDOW], half[SIDE * LARGEST_WINDOW], result[SIDE];
      UNROLL for (long k = 0; k < side * side; k++) {
        window[k] = *(const Wide *)(windows + k * width + c);
        // Among 36 stretches that are written the processor does not see which one is read next.
        __builtin_prefetch(windows + (ROWS_AHEAD * side * side + k) * width + c);
      }
      UNROLL for (long j = 0; j < side; j++) winograd_window(window + j, side, side, half + j, side);
      float *target = transformed + r * width + c;
      UNROLL for (long i = 0; i < SIDE; i++) {
        winograd_window(half + i * side, 1, side, result, 1);
        UNROLL for (long j = 0; j < SIDE; j++) *(Wide *)(target + (i * SIDE + j) * distance) = result[j];
      }
    }
}

CFV_MULTIVERSION CFV_WIDE void cfv_winograd_windows(const float *windows, long side, long inner, long width,
                                                    float *transformed, long distance) {
  if (side == 3)
    transform_windows(windows, 3, inner, width, transformed, distance);
  else
    transform_windows(windows, 5, inner, width, transformed, distance);
}
