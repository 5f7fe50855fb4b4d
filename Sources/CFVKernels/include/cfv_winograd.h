#ifndef CFV_WINOGRAD_H
#define CFV_WINOGRAD_H

#include "cfv_products.h"

// Winograd's minimal filtering: Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A over tiles of 6×6 or 8×8 cells: F(4×4, 3×3),
// F(6×6, 3×3) and F(4×4, 5×5) (Lavin and Gray 2016, https://arxiv.org/abs/1509.09308). The polynomials of 6 cells are
// interpolated at 0, ±2/3, ±3/2 and ∞: points near 1 whose reciprocals are among them lose less than a bit against direct
// sums where the customary 0, ±1, ±2, ∞ lose two. Those of 8 cells are interpolated at 0, ±1/2, ±1, ±2 and ∞; they lose
// two bits more, and no other points lose less.

// Windows of `window` × `window` cells, 3 or 5, in tiles that give `results` × `results` results, 4 or, for windows of 3,
// 6.
typedef struct {
  long window, results;
} cfv_winograd_tile;

// The side of a tile.
static inline long cfv_winograd_side(cfv_winograd_tile tile) { return tile.results + tile.window - 1; }

// The cells of a tile.
static inline long cfv_winograd_cells(cfv_winograd_tile tile) {
  return cfv_winograd_side(tile) * cfv_winograd_side(tile);
}

// How tiles lie in the maps that are read and written.
//
// Of one of the two maps memory may hold the largest of each 2×2 cells alone, in steps of 2, and beside them which of
// the four won, row by row: a signed char, `winner_step` of them between neighbouring positions, in whole vectors.
// Tiles are those of the map of all cells; height and width are those of the one in memory.
typedef struct {
  cfv_winograd_tile tile;
  long tiles_high, tiles_wide;  // of one image
  long height, width, channels, step;  // of the map read; `step` floats between neighbouring positions
  long padding_top, padding_left;
  long out_height, out_width, out_step;  // of the map written
  long winner_step;
} cfv_winograd;

// Transforms `count` tiles from tile `first` on, counted over all images: for each cell packed rows
// (a row a tile, a column a channel), `distance` floats apart. Gradients pass `gate` on the way. With `winners` (else NULL) they are gradients of maxima, and the cells that won have them.
void cfv_winograd_input(const cfv_winograd *plan, const cfv_gate *gate, const float *images,
                        const signed char *winners, long first, long count, float *transformed, long distance);

// Transforms windows, a panel of `inner` · window² rows and `width` columns: row · window² + cell. Gives for each cell of
// a tile a panel of `inner` rows, `distance` floats apart.
void cfv_winograd_windows(const float *windows, cfv_winograd_tile tile, long inner, long width, float *transformed,
                          long distance);

// The same for the way back: windows turned round, whose rows are `inner` columns of a panel of the way forward and
// whose columns are its rows, `columns` of which exist. `panel` is at the first of both, `step` its width.
void cfv_winograd_turned_windows(const float *panel, cfv_winograd_tile tile, long step, long inner, long columns,
                                 long width, float *transformed, long distance);

// Transforms products back: a matrix for each cell, of `count` tiles by `width` channels, `distance` floats apart, into
// the channels from `channel` on, `columns` of which exist. `finish` is for channel 0 and position 0 on. With `winners`
// (else NULL), for 4×4 results of windows of 3×3, only maxima are finished and written, and `winners` are those of
// channel 0 on.
void cfv_winograd_output(const cfv_winograd *plan, const float *products, long distance, long first, long count,
                         long width, long channel, long columns, float *images, signed char *winners,
                         const cfv_finish *finish);

#endif
