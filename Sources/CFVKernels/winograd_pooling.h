// Max pooling of 2×2 cells in steps of 2 as part of Winograd's transforms: maxima leave a tile on the way forward, and
// their gradients enter one on the way back.
#ifndef CFV_WINOGRAD_POOLING_H
#define CFV_WINOGRAD_POOLING_H

#include "gate.h"
#include "winograd_extent.h"

// The positions that a tile touches along each axis where its first cell is the second of its position.
CFV_INLINE long pooled_side(const long side) { return side / 2 + 1; }

// Replaces 4×4 results by the largest of each 2×2 and which of the four won: the first on a tie, and NaN only where it
// comes first, as in all pooling.
CFV_INLINE void keep_maxima(Wide *results, Byte16 *winners) {
  UNROLL for (long i = 0; i < 2; i++)
    UNROLL for (long j = 0; j < 2; j++) {
      const Wide *corner = results + 8 * i + 2 * j;
      Wide best = *corner;
      WideMask winner = {0};
      UNROLL for (int k = 1; k < 4; k++) {
        const Wide value = corner[k / 2 * 4 + k % 2];
        const WideMask wins = value > best;
        best = SELECT_WIDE(wins, value, best);
        winner = (wins & k) | (~wins & winner);
      }
      // Maxima take the place of results that have been looked at.
      results[2 * i + j] = best;
      winners[2 * i + j] = __builtin_convertvector(winner, Byte16);
    }
}

// Hands the gradients of one position, up to 16 channels, to the cells that won. Its first cell is (i, j) of the tile;
// those outside the tile are its neighbours'.
CFV_INLINE void unpool(const cfv_winograd *p, const long side, const cfv_gate_kind kind, const cfv_gate *gate,
                       const float *gradients, const signed char *winners, long position, long channel,
                       long channels, const long i, const long j, Wide *cells) {
  const long offset = position * p->step + channel;
  Wide gradient;
  load_wide(&gradient, gradients + offset, channels);
  pass_gate(kind, gate, offset, position, channel, channels, &gradient);
  const WideMask winner = __builtin_convertvector(*(const Byte16 *)(winners + position * p->winner_step + channel), WideMask);
  UNROLL for (int k = 0; k < 4; k++) {
    const long y = i + k / 2, x = j + k % 2;
    if (y < 0 || y >= side || x < 0 || x >= side) continue;
    cells[y * side + x] = (Wide)((winner == k) & (WideMask)gradient);
  }
}

#endif
