// Sums of products in registers, and what becomes of them on their way to memory, for one instruction set (see
// instruction_sets.h).

typedef float NAME(Vector) __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int NAME(Mask) __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

#if LANES == 16
typedef Bits16 NAME(Bits);
#elif LANES == 8
typedef Bits8 NAME(Bits);
#else
typedef Bits4 NAME(Bits);
#endif

// A macro, since functions that take vectors must be compiled for the same instruction set as their callers.
#define CHOOSE(mask, yes, no) \
  ((NAME(Vector))(((mask) & (NAME(Mask))(yes)) | (~(mask) & (NAME(Mask))(no))))

// Keeps which of `vectors` results gradients pass; the first of them is vector `first` of those that `bits` are for.
CFV_INLINE void NAME(keep_bits)(const cfv_finish *f, const int vectors, const NAME(Vector) *results, long first,
                                unsigned short *bits) {
  const NAME(Vector) low = (NAME(Vector)){0} + f->low, high = (NAME(Vector)){0} + f->high;
  UNROLL for (int v = 0; v < vectors; v++) {
    const NAME(Bits) open = __builtin_convertvector((results[v] > low) & (results[v] < high), NAME(Bits));
#if LANES >= 8
    memcpy((char *)bits + (first + v) * sizeof open, &open, sizeof open);
#else
    // Two vectors share a byte, the first of which comes first; memory has a whole byte for either.
    unsigned char *byte = (unsigned char *)bits + (first + v) / 2, half = 0;
    memcpy(&half, &open, sizeof open);
    half &= 15;
    *byte = (first + v) % 2 == 0 ? half : (unsigned char)(*byte | half << 4);
#endif
  }
}

// Finishes the sums of `rows` × `vectors` vectors, row after row, and writes them to c; `shift` and `residual` (NULL for
// none) are theirs, and so are `bits` (NULL for none) from vector `first` on.
CFV_INLINE void NAME(finish)(const cfv_finish *f, const int rows, const int vectors, NAME(Vector) *sums,
                             const float *shift, const float *residual, long residual_step, unsigned short *bits,
                             long first, float *c, long c_step) {
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
        UNROLL for (int i = 0; i < count; i++) sums[i] = CHOOSE(sums[i] < zero, sums[i] * f->slope, sums[i]);
      }
      UNROLL for (int i = 0; i < count; i++) {
        const NAME(Vector) raised = CHOOSE(sums[i] < low, low, sums[i]);
        sums[i] = CHOOSE(raised > high, high, raised);
      }
      if (bits) {
        UNROLL for (int i = 0; i < rows; i++)
          NAME(keep_bits)(f, vectors, sums + i * vectors, first, bits + i * f->bits_step);
      }
    }
  }
  UNROLL for (int i = 0; i < rows; i++) UNROLL for (int v = 0; v < vectors; v++)
    *(NAME(Vector) *)(c + i * c_step + v * LANES) = sums[i * vectors + v];
}

#undef CHOOSE
