// Register tiles for one instruction set (see instruction_sets.h).
#include "register_sums_template.h"

// Rows of the largest tile: with three vectors of sums each, they leave a quarter of the registers for factors.
#define ROWS (REGISTERS / 4)

// A tile of `rows` × `vectors` vectors: the sums stay in registers for the whole inner dimension.
CFV_INLINE void NAME(tile)(const int rows, const int vectors, const Tile *t, const cfv_finish *f) {
  NAME(Vector) sums[ROWS * 3];
  UNROLL for (int i = 0; i < rows * vectors; i++) sums[i] = (NAME(Vector)){0};
  // The lines that the sums go to, and those that are added, arrive while the sums are taken.
  UNROLL for (int i = 0; i < rows; i++) UNROLL for (int o = 0; o < vectors * LANES; o += 16) {
    __builtin_prefetch(t->c + i * t->c_step + o, 1);
    if (t->residual) __builtin_prefetch(t->residual + i * t->residual_step + o);
  }
  const float *a = t->a, *b = t->b, *next_a = t->next_a;
  const long b_step = t->b_step;
  for (long left = t->inner; left > 0; left -= CFV_TILE_DEPTH, a += CFV_TILE_ROWS * CFV_TILE_DEPTH) {
    const long depth = left < CFV_TILE_DEPTH ? left : CFV_TILE_DEPTH;
    for (long run = 0; run < t->next_rate && t->next->runs > 0; run++, t->next->runs--) {
      // Into the second cache: what the tile reads fills the first.
      for (long o = 0; o < t->next->width; o += 16) __builtin_prefetch(t->next->start + o, 0, 2);
      t->next->start += t->next->step;
    }
    if (next_a) {
      UNROLL for (int i = 0; i < CFV_TILE_ROWS * CFV_TILE_DEPTH; i += 16) __builtin_prefetch(next_a + i);
      next_a += CFV_TILE_ROWS * CFV_TILE_DEPTH;
    }
    UNROLL_BY_4 for (long k = 0; k < depth; k++, b += b_step) {
      NAME(Vector) columns[3];
      UNROLL for (int v = 0; v < vectors; v++) columns[v] = *(const NAME(Vector) *)(b + v * LANES);
      UNROLL for (int i = 0; i < rows; i++) {
        const float factor = a[i * CFV_TILE_DEPTH + k];
        UNROLL for (int v = 0; v < vectors; v++) sums[i * vectors + v] += factor * columns[v];
      }
    }
  }
  NAME(finish)(f, rows, vectors, sums, t->shift, t->residual, t->residual_step, t->bits,
               t->bits_column / LANES, t->c, t->c_step);
}

#define TILE_FUNCTION(rows, vectors) \
  TARGET static void NAME(tile_##rows##_##vectors)(const Tile *t, const cfv_finish *f) { \
    NAME(tile)(rows, vectors, t, f); \
  }
#define TILE_FUNCTIONS(rows) TILE_FUNCTION(rows, 1) TILE_FUNCTION(rows, 2) TILE_FUNCTION(rows, 3)
#define TILE_ENTRY(rows) {NAME(tile_##rows##_1), NAME(tile_##rows##_2), NAME(tile_##rows##_3)}

TILE_FUNCTIONS(1) TILE_FUNCTIONS(2) TILE_FUNCTIONS(3) TILE_FUNCTIONS(4)
#if REGISTERS == 32
TILE_FUNCTIONS(5) TILE_FUNCTIONS(6) TILE_FUNCTIONS(7) TILE_FUNCTIONS(8)
#endif

static const TileSet NAME(tiles) = {
    LANES, ROWS, {TILE_ENTRY(1), TILE_ENTRY(2), TILE_ENTRY(3), TILE_ENTRY(4),
#if REGISTERS == 32
                  TILE_ENTRY(5), TILE_ENTRY(6), TILE_ENTRY(7), TILE_ENTRY(8)
#endif
                 }};

#undef TILE_FUNCTION
#undef TILE_FUNCTIONS
#undef TILE_ENTRY
#undef ROWS
