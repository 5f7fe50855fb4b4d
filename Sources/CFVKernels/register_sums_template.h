// Sums of products in registers, and what becomes of them on their way to memory, for one instruction set (see
// instruction_sets.h).

typedef float NAME(Vector) __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int NAME(Mask) __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

// A macro, since functions that take vectors must be compiled for the same instruction set as their callers.
#define SELECT(mask, yes, no) \
  ((NAME(Vector))(((mask) & (NAME(Mask))(yes)) | (~(mask) & (NAME(Mask))(no))))

// Finishes the sums of `rows` × `vectors` vectors, row after row, and writes them to c; `shift` and `residual` (NULL for
// none) are theirs.
CFV_INLINE void NAME(finish)(const cfv_finish *f, const int rows, const int vectors, NAME(Vector) *sums,
                             const float *shift, const float *residual, long residual_step, float *c, long c_step) {
  const int count = rows * vectors;
  if (f->accumulates) {
    UNROLL for (int i = 0; i < rows; i++) UNROLL for (int v = 0; v < vectors; v++)
      sums[i * vectors + v] += *(const NAME(Vector) *)(c + i * c_step + v * LANES);
  } else {
    if (shift) {
      UNROLL for (int v = 0; v < vectors; v++) {
        const NAME(Vector) added = *(const NAME(Vector) *)(shift + v * LANES);
        UNROLL for (int i = 0; i < rows; i++) sums[i * vectors + v] += added;
      }
    }
    if (residual) {
      UNROLL for (int i = 0; i < rows; i++) UNROLL for (int v = 0; v < vectors; v++)
        sums[i * vectors + v] += *(const NAME(Vector) *)(residual + i * residual_step + v * LANES);
    }
    if (f->activates) {
      const NAME(Vector) zero = {0}, low = zero + f->low, high = zero + f->high;
      if (f->slope != 1) {
        UNROLL for (int i = 0; i < count; i++) sums[i] = SELECT(sums[i] < zero, sums[i] * f->slope, sums[i]);
      }
      UNROLL for (int i = 0; i < count; i++) {
        const NAME(Vector) raised = SELECT(sums[i] < low, low, sums[i]);
        sums[i] = SELECT(raised > high, high, raised);
      }
    }
  }
  UNROLL for (int i = 0; i < rows; i++) UNROLL for (int v = 0; v < vectors; v++)
    *(NAME(Vector) *)(c + i * c_step + v * LANES) = sums[i * vectors + v];
}

#undef SELECT
