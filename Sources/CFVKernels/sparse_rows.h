// Rows of a left factor of which only the numbers other than 0 are kept, so that a product skips the zeros that ReLU
// leaves.
#ifndef CFV_SPARSE_ROWS_H
#define CFV_SPARSE_ROWS_H

#include "cfv_products.h"

// The numbers of each stretch of columns, row by row. A number stands in column place / 64 of its stretch: a place is
// what the row of a right factor lies away for each 16 columns, in bytes.
typedef struct {
  float *numbers;
  unsigned short *places;
  // For each stretch and row of it, where its numbers end; they begin where the one before ends.
  int *ends;
  long rows, stretches;
  // Room for the sums of a group of panels.
  float *sums;
} SparseRows;

// Lists that lie in `memory`, which has cfv_lists_count(rows, inner, columns) floats.
static inline SparseRows sparse_rows(float *memory, long rows, long inner) {
  SparseRows lists = {.rows = rows, .stretches = (inner + CFV_STRETCH_COLUMNS - 1) / CFV_STRETCH_COLUMNS};
  lists.sums = memory;
  lists.numbers = lists.sums + rows * CFV_GROUP_COLUMNS;
  lists.places = (unsigned short *)(lists.numbers + rows * inner + 16);
  lists.ends = (int *)(lists.places + (rows * inner + 17) / 2 * 2);
  return lists;
}

// Lists packed rows.
void cfv_list_rows(const float *packed, long inner, const SparseRows *lists);

// The product of listed rows, as cfv_multiply_packed gives it.
void cfv_multiply_lists(const SparseRows *lists, long inner, const float *b, long columns, float *c, long step,
                        const cfv_finish *finish);

#endif
