// Winograd's one-dimensional transforms for any tile, whose extents are constants where they are called.
#ifndef CFV_WINOGRAD_TRANSFORMS_H
#define CFV_WINOGRAD_TRANSFORMS_H

#include "cfv_winograd.h"
#include "winograd_eight_cells.h"
#include "winograd_six_cells.h"

// The largest side and its square, and the most results of a side.
enum { CFV_WINOGRAD_LARGEST_SIDE = 8, CFV_WINOGRAD_LARGEST_CELLS = 64, CFV_WINOGRAD_MOST_RESULTS = 6 };

// Makes `call` with WINDOW, RESULTS and SIDE, constants for each tile that there is.
#define FOR_TILE(tile, call) \
  if ((tile).window == 5) { \
    enum { WINDOW = 5, RESULTS = 4, SIDE = 8 }; \
    call; \
  } else if ((tile).results == 6) { \
    enum { WINDOW = 3, RESULTS = 6, SIDE = 8 }; \
    call; \
  } else { \
    enum { WINDOW = 3, RESULTS = 4, SIDE = 6 }; \
    call; \
  }

CFV_INLINE void winograd_input(const long side, const Wide *d, const long step, Wide *v, const long to) {
  if (side == 6)
    six_cells_of_input(d, step, v, to);
  else
    eight_cells_of_input(d, step, v, to);
}

CFV_INLINE void winograd_window(const long side, const long window, const Wide *g, const long step, Wide *u,
                                const long to) {
  if (side == 6)
    six_cells_of_window(g, step, u, to);
  else
    eight_cells_of_window(window, g, step, u, to);
}

CFV_INLINE void winograd_results(const long side, const long results, const Wide *m, const long step, Wide *y,
                                 const long to) {
  if (side == 6)
    results_of_six_cells(m, step, y, to);
  else
    results_of_eight_cells(results, m, step, y, to);
}

#endif
