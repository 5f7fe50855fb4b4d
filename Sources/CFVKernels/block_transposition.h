#ifndef CFV_BLOCK_TRANSPOSITION_H
#define CFV_BLOCK_TRANSPOSITION_H

#include "multiversion.h"
#include "wide_vector.h"

// Turns a block of 16 rows round: interleaving rows eight apart, four times.
CFV_INLINE void transpose_block(Wide rows[CFV_LANES]) {
  IN_LINES Wide other[CFV_LANES];
  UNROLL for (int round = 0; round < 4; round++) {
    UNROLL for (int i = 0; i < 8; i++) {
      other[2 * i] = __builtin_shufflevector(rows[i], rows[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22,
                                             7, 23);
      other[2 * i + 1] = __builtin_shufflevector(rows[i], rows[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29,
                                                 14, 30, 15, 31);
    }
    UNROLL for (int i = 0; i < CFV_LANES; i++) rows[i] = other[i];
  }
}

#endif
