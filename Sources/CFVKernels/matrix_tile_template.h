// Register tiles for one instruction set. Included with LANES (floats of a vector), ROWS (rows of the largest
// tile), TARGET (attributes) and NAME(x) (what its functions are called) defined.

typedef float NAME(Vector) __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int NAME(Mask) __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

// A macro, since functions that take vectors must be compiled for the same instruction set as their callers.
#define SELECT(mask, yes, no) \
  ((NAME(Vector))(((mask) & (NAME(Mask))(yes)) | (~(mask) & (NAME(Mask))(no))))

// A tile of `rows` × `vectors` vectors: the sums stay in registers for the whole inner dimension.
__attribute__((always_inline)) static inline void NAME(tile)(const int rows, const int vectors, const Tile *t,
                                                             const cfv_finish *f) {
  NAME(Vector) sums[ROWS][3];
  UNROLL for (int i = 0; i < rows; i++) UNROLL for (int v = 0; v < vectors; v++) sums[i][v] = (NAME(Vector)){0};
  // The lines that the sums go to, and those that are added, arrive while the sums are taken.
  UNROLL for (int i = 0; i < rows; i++) UNROLL for (int o = 0; o < vectors * LANES; o += 16) {
    __builtin_prefetch(t->c + i * t->c_step + o, 1);
    if (t->residual) __builtin_prefetch(t->residual + i * t->residual_step + o);
  }
  const float *a = t->a, *b = t->b;
  const long b_step = t->b_step;
  for (long left = t->inner; left > 0; left -= CFV_TILE_DEPTH, a += CFV_TILE_ROWS * CFV_TILE_DEPTH) {
    const long depth = left < CFV_TILE_DEPTH ? left : CFV_TILE_DEPTH;
    for (long run = 0; run < t->next_rate && t->next->runs > 0; run++, t->next->runs--) {
      // Into the second cache: what the tile reads fills the first.
      for (long o = 0; o < t->next->width; o += 16) __builtin_prefetch(t->next->start + o, 0, 2);
      t->next->start += t->next->step;
    }
    UNROLL_BY_4 for (long k = 0; k < depth; k++, b += b_step) {
      NAME(Vector) columns[3];
      UNROLL for (int v = 0; v < vectors; v++) columns[v] = *(const NAME(Vector) *)(b + v * LANES);
      UNROLL for (int i = 0; i < rows; i++) {
        const float factor = a[i * CFV_TILE_DEPTH + k];
        UNROLL for (int v = 0; v < vectors; v++) sums[i][v] += factor * columns[v];
      }
    }
  }
  float *c = t->c;
  if (f->accumulates) {
    UNROLL for (int i = 0; i < rows; i++) UNROLL for (int v = 0; v < vectors; v++)
      sums[i][v] += *(const NAME(Vector) *)(c + i * t->c_step + v * LANES);
  } else {
    if (t->shift) {
      UNROLL for (int v = 0; v < vectors; v++) {
        const NAME(Vector) shift = *(const NAME(Vector) *)(t->shift + v * LANES);
        UNROLL for (int i = 0; i < rows; i++) sums[i][v] += shift;
      }
    }
    if (t->residual) {
      UNROLL for (int i = 0; i < rows; i++) UNROLL for (int v = 0; v < vectors; v++)
        sums[i][v] += *(const NAME(Vector) *)(t->residual + i * t->residual_step + v * LANES);
    }
    if (f->activates) {
      const NAME(Vector) zero = {0}, low = zero + f->low, high = zero + f->high;
      if (f->slope != 1) {
        UNROLL for (int i = 0; i < rows; i++) UNROLL for (int v = 0; v < vectors; v++)
          sums[i][v] = SELECT(sums[i][v] < zero, sums[i][v] * f->slope, sums[i][v]);
      }
      UNROLL for (int i = 0; i < rows; i++) UNROLL for (int v = 0; v < vectors; v++) {
        const NAME(Vector) raised = SELECT(sums[i][v] < low, low, sums[i][v]);
        sums[i][v] = SELECT(raised > high, high, raised);
      }
    }
  }
  UNROLL for (int i = 0; i < rows; i++) UNROLL for (int v = 0; v < vectors; v++)
    *(NAME(Vector) *)(c + i * t->c_step + v * LANES) = sums[i][v];
}

#define TILE_FUNCTION(rows, vectors) \
  TARGET static void NAME(tile_##rows##_##vectors)(const Tile *t, const cfv_finish *f) { \
    NAME(tile)(rows, vectors, t, f); \
  }
#define TILE_FUNCTIONS(rows) TILE_FUNCTION(rows, 1) TILE_FUNCTION(rows, 2) TILE_FUNCTION(rows, 3)
#define TILE_ENTRY(rows) {NAME(tile_##rows##_1), NAME(tile_##rows##_2), NAME(tile_##rows##_3)}

TILE_FUNCTIONS(1) TILE_FUNCTIONS(2) TILE_FUNCTIONS(3) TILE_FUNCTIONS(4)
#if ROWS == 8
TILE_FUNCTIONS(5) TILE_FUNCTIONS(6) TILE_FUNCTIONS(7) TILE_FUNCTIONS(8)
#endif

static const TileSet NAME(tiles) = {
    LANES, ROWS, {TILE_ENTRY(1), TILE_ENTRY(2), TILE_ENTRY(3), TILE_ENTRY(4),
#if ROWS == 8
                  TILE_ENTRY(5), TILE_ENTRY(6), TILE_ENTRY(7), TILE_ENTRY(8)
#endif
                 }};

#undef SELECT
#undef TILE_FUNCTION
#undef TILE_FUNCTIONS
#undef TILE_ENTRY
#undef LANES
#undef ROWS
#undef TARGET
#undef NAME
