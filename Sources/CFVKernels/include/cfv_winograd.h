#ifndef CFV_WINOGRAD_H
#define CFV_WINOGRAD_H

#include "cfv_products.h"

// Winograd's minimal filtering: Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A over tiles of 6×6 cells for windows of 3×3 and of 8×8
// for windows of 5×5, F(4×4, 3×3) and F(4×4, 5×5) (Lavin and Gray 2016, https://arxiv.org/abs/1509.09308). The
// polynomials of 6 cells are interpolated at 0, ±2/3, ±3/2 and ∞: points near 1 whose reciprocals are among them lose
// less than a bit against direct sums where the customary 0, ±1, ±2, ∞ lose two. Those of 8 cells are interpolated at
// 0, ±1/2, ±1, ±2 and ∞; they lose two bits, and no other points lose less. F(6×6, 3×3), with the same tile, would lose
// two bits more than F(4×4, 3×3) does to save a tenth of the time.
//
// Each tile gives 4×4 results.
enum { CFV_WINOGRAD_RESULTS = 4 };

// The side of a tile.
static inline long cfv_winograd_side(long window) { return CFV_WINOGRAD_RESULTS + window - 1; }

// The cells of a tile.
static inline long cfv_winograd_cells(long window) { return cfv_winograd_side(window) * cfv_winograd_side(window); }

// How tiles lie in the maps that are read and written.
//
// Of one of the two maps memory may hold the largest of each 2×2 cells alone, in steps of 2, and beside them which of
// the four won, row by row: a signed char, `winner_step` of them between neighbouring positions, in whole vectors.
// Tiles are those of the map of all cells; height and width are those of the one in memory.
typedef struct {
  long window;  // 3 or 5
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

// Transforms windows of `side` × `side` cells, a panel of `inner` · side² rows and `width` columns: row · side² + cell.
// Gives for each cell of a tile a panel of `inner` rows, `distance` floats apart.
void cfv_winograd_windows(const float *windows, long side, long inner, long width, float *transformed,
                          long distance);

// The same for the way back: windows turned round, whose rows are `inner` columns of a panel of the way forward and
// whose columns are its rows, `columns` of which exist. `panel` is at the first of both, `step` its width.
void cfv_winograd_turned_windows(const float *panel, long side, long step, long inner, long columns, long width,
                                 float *transformed, long distance);

// Transforms products back: a matrix for each cell, of `count` tiles by `width` channels, `distance` floats apart, into
// the channels from `channel` on, `columns` of which exist. `finish` is for channel 0 and position 0 on. With `winners`
// (else NULL), for windows of 3×3, only maxima are finished and written, and `winners` are those of channel 0 on.
void cfv_winograd_output(const cfv_winograd *plan, const float *products, long distance, long first, long count,
                         long width, long channel, long columns, float *images, signed char *winners,
                         const cfv_finish *finish);

#endif
