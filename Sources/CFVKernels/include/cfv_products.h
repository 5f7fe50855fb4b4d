#ifndef CFV_PRODUCTS_H
#define CFV_PRODUCTS_H

#include "cfv_convolution.h"

// Matrix products of packed factors, a tile of registers at a time, for the widest vectors of the processor.
//
// The left factor's rows come in blocks of 8: for each 16 columns, the 8 rows' stretches of 16 one after another,
// so that a tile reads memory in order whatever the distance of the rows was. The right factor comes in panels of
// 48, 32 or 16 columns, each panel row after row. Columns past the last one are zeros.
enum { CFV_TILE_ROWS = 8, CFV_TILE_DEPTH = 16, CFV_PANEL_COLUMNS = 48 };

// The floats of packed rows.
static inline long cfv_packed_rows_count(long rows, long inner) {
  return (rows + CFV_TILE_ROWS - 1) / CFV_TILE_ROWS * CFV_TILE_ROWS *
         ((inner + CFV_TILE_DEPTH - 1) / CFV_TILE_DEPTH * CFV_TILE_DEPTH);
}

// From the first packed row to where another one begins.
static inline long cfv_packed_row_offset(long row, long inner) {
  return row / CFV_TILE_ROWS * cfv_packed_rows_count(CFV_TILE_ROWS, inner) + row % CFV_TILE_ROWS * CFV_TILE_DEPTH;
}

// The width of the panel that begins where `left` of `columns` columns are left: 48 unless a panel of 16 would be left
// over. Where there are 256, 512, … each 128 are cut alike, so that threads share them evenly.
static inline long cfv_panel_width(long left, long columns) {
  if (columns % 128 == 0) left = (left - 1) % 128 + 1;
  if (left <= 16) return 16;
  return left <= 32 || (left > 48 && left <= 64) ? 32 : 48;
}

// Columns rounded up to whole vectors: panels side by side hold inner · cfv_padded_columns(columns) floats.
static inline long cfv_padded_columns(long columns) { return (columns + 15) / 16 * 16; }

// What becomes of a product on its way to memory: y = activation(product + shift + residual), or y += product.
// `shift` (NULL for none) holds whole vectors; slope, low and high are those of cfv_epilogue. `bits` (NULL for none)
// take which results gradients pass, as cfv_gate reads them.
typedef struct {
  int accumulates;
  int activates;
  float slope, low, high;
  const float *shift;
  const float *residual;
  long residual_step;
  unsigned short *bits;
  long bits_step;
} cfv_finish;

// How gradients pass an activation: all of them; where its value is in a range, which is told by the values, that lie
// like the gradients; or where a bit is set. Channel c of a position is bit c % 16 of its word c / 16,
// and positions are `bits_step` words apart. slope, low and high are those of cfv_epilogue. What has passed is written to
// `passed` (NULL for nowhere) too, where it lies like the gradients, which may be there themselves: only by
// cfv_pack_gated_rows.
typedef enum { CFV_GATE_OPEN, CFV_GATE_RANGE, CFV_GATE_BITS } cfv_gate_kind;
typedef struct {
  cfv_gate_kind kind;
  float slope, low, high;
  const float *values;
  const unsigned short *bits;
  long bits_step;
  float *passed;
} cfv_gate;

// The instruction sets that this processor has tiles for, the narrowest vectors first, and the one in use: the widest.
// Choosing another is for tests and measurements, while nobody multiplies.
int cfv_tiles_count(void);
int cfv_chosen_tiles(void);
void cfv_choose_tiles(int index);

// The floats of the widest vectors that this processor has tiles for.
long cfv_widest_vector(void);

// c = a · b for packed rows and panels, `step` floats between the rows of c.
void cfv_multiply_packed(const float *a, long rows, long inner, const float *b, long columns, float *c, long step,
                         const cfv_finish *finish);

// Columns of the left factor that lists cut it by, and columns of the right factor that they are multiplied with at once
// at most.
enum { CFV_STRETCH_COLUMNS = 48, CFV_GROUP_COLUMNS = 3 * CFV_PANEL_COLUMNS };

// The fewest columns of a product for which lists can be faster.
enum { CFV_LEAST_LISTED_COLUMNS = 64 };

// The same, by lists of the numbers other than 0 where there are few enough of them for that to be faster. Every sum is
// taken in the same order without the zeros: it is the same to the last bit, as long as b is finite. `lists` has room
// for cfv_lists_count(rows, inner, columns) floats.
void cfv_multiply_rows(const float *a, long rows, long inner, const float *b, long columns, float *c, long step,
                       const cfv_finish *finish, float *lists);

// Whether it takes lists.
int cfv_suits_lists(const float *a, long rows, long inner, long columns);

// The floats that lists of packed rows take at most: none where too few columns are multiplied for lists.
static inline long cfv_lists_count(long rows, long inner, long columns) {
  if (columns < CFV_LEAST_LISTED_COLUMNS) return 0;
  return rows * CFV_GROUP_COLUMNS + rows * inner * 3 / 2 + rows * (inner / CFV_STRETCH_COLUMNS + 1) + 64;
}

// Memory that is read next: `runs` stretches of `width` floats, `step` floats apart.
typedef struct {
  const float *start;
  long runs, step, width;
} cfv_next_reads;

// The same for `count` independent products whose factors and results are that many floats apart, of one panel
// of `width` columns; blocks of rows of a are `a_block` floats apart, c has rows of `width` floats. What is read next
// is fetched into the cache meanwhile.
void cfv_multiply_panels(long count, const float *a, long a_distance, long a_block, long rows, long inner,
                         const float *b, long b_distance, long width, float *c, long c_distance, int accumulates,
                         cfv_next_reads next);

// Packs gradients as an activation hands them down.
void cfv_pack_gated_rows(const cfv_gate *gate, const float *gradients, long step, long rows, long inner,
                         float *packed);

// target (= or, accumulating, +=) gradients as an activation hands them down, rows of `columns` floats.
void cfv_pass_gated_rows(const cfv_gate *gate, const float *gradients, long step, long rows, long columns,
                         float *target, int accumulates);

// Packs windows as rows: a row an output position from `first` to `last` (counted over all images), a column
// a (kernel row, kernel column, channel). Positions of the map are `step` floats apart. Gradients pass the gate as
// above. `row` has room for a row and a vector more.
void cfv_pack_windows(const cfv_window *window, const cfv_gate *gate, const float *images, long step, long first,
                      long last, float *row, float *packed);

// Packs the panel of `width` columns, `columns` of which exist, from a matrix of `inner` rows that are `step` apart.
void cfv_pack_panel(const float *matrix, long step, long inner, long columns, long width, float *panel);

#endif
