#include "sparse_rows.h"

#include "multiversion.h"
#include "wide_vector.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Appends those of `count` numbers, at most 16, that are other than 0, and their places from `place` on; gives how many
// they are. Up to 16 are written.
typedef long (*Append)(const float *source, long count, long place, float *numbers, unsigned short *places);

CFV_INLINE long append_plain(const float *source, long count, long place, float *numbers, unsigned short *places) {
  long length = 0;
  for (long k = 0; k < count; k++, place += 64) {
    numbers[length] = source[k];
    places[length] = (unsigned short)place;
    // NaN is other than 0.
    length += !(source[k] == 0);
  }
  return length;
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("arch=x86-64-v3")))
#define AVX512 __attribute__((target("arch=x86-64-v4")))

AVX2 CFV_INLINE long append_avx2(const float *source, long count, long place, float *numbers,
                                 unsigned short *places) {
  if (count < 16) return append_plain(source, count, place, numbers, places);
  long length = 0;
  for (int half = 0; half < 2; half++) {
    const __m256 x = _mm256_loadu_ps(source + 8 * half);
    const unsigned mask = (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(x, _mm256_setzero_ps(), _CMP_NEQ_UQ));
    // Those of the bytes 0 … 7 of which the mask has a bit, side by side.
    const unsigned long long bytes = _pdep_u64(mask, 0x0101010101010101u) * 255;
    const __m128i kept = _mm_cvtsi64_si128((long long)_pext_u64(0x0706050403020100u, bytes));
    _mm256_storeu_ps(numbers + length, _mm256_permutevar8x32_ps(x, _mm256_cvtepu8_epi32(kept)));
    const __m128i steps = _mm_slli_epi16(_mm_cvtepu8_epi16(kept), 6);
    _mm_storeu_si128((__m128i *)(places + length), _mm_add_epi16(steps, _mm_set1_epi16((short)(place + 512 * half))));
    length += __builtin_popcount(mask);
  }
  return length;
}

AVX512 CFV_INLINE long append_avx512(const float *source, long count, long place, float *numbers,
                                     unsigned short *places) {
  const __mmask16 exist = count < 16 ? (__mmask16)((1u << count) - 1) : 0xFFFF;
  const __m512 x = _mm512_loadu_ps(source);
  const __mmask16 kept = _mm512_mask_cmp_ps_mask(exist, x, _mm512_setzero_ps(), _CMP_NEQ_UQ);
  const __m512i steps = _mm512_setr_epi32(0, 64, 128, 192, 256, 320, 384, 448, 512, 576, 640, 704, 768, 832, 896, 960);
  // Side by side in a register first: doing that in memory is slow.
  _mm512_storeu_ps(numbers, _mm512_maskz_compress_ps(kept, x));
  const __m512i chosen = _mm512_maskz_compress_epi32(kept, _mm512_add_epi32(steps, _mm512_set1_epi32((int)place)));
  _mm256_storeu_si256((__m256i *)places, _mm512_cvtepi32_epi16(chosen));
  return __builtin_popcount(kept);
}
#endif

// Where 16 columns of a packed row lie.
CFV_INLINE const float *packed_columns(const float *packed, long inner, long row, long column) {
  return packed + cfv_packed_row_offset(row, inner) + column * CFV_TILE_ROWS;
}

CFV_INLINE void list_rows(const Append append, const float *packed, long inner, const SparseRows *lists) {
  long length = 0;
  int *end = lists->ends;
  for (long first = 0; first < inner; first += CFV_STRETCH_COLUMNS) {
    const long last = smaller(first + CFV_STRETCH_COLUMNS, inner);
    for (long row = 0; row < lists->rows; row++) {
      const float *source = packed_columns(packed, inner, row, first);
      for (long k = first; k < last; k += 16, source += CFV_TILE_ROWS * CFV_TILE_DEPTH)
        length += append(source, smaller(16, last - k), (k - first) * 64, lists->numbers + length,
                         lists->places + length);
      *end++ = (int)length;
    }
  }
}

typedef void (*List)(const float *packed, long inner, const SparseRows *lists);

static void list_plain(const float *packed, long inner, const SparseRows *lists) {
  list_rows(append_plain, packed, inner, lists);
}
#if defined(__x86_64__)
AVX2 static void list_avx2(const float *packed, long inner, const SparseRows *lists) {
  list_rows(append_avx2, packed, inner, lists);
}
AVX512 static void list_avx512(const float *packed, long inner, const SparseRows *lists) {
  list_rows(append_avx512, packed, inner, lists);
}
static const List list_functions[] = {list_plain, list_avx2, list_avx512};
#else
static const List list_functions[] = {list_plain};
#endif

void cfv_list_rows(const float *packed, long inner, const SparseRows *lists) {
  list_functions[cfv_chosen_tiles()](packed, inner, lists);
}

// Lists take time for each number, tiles for each column: lists are faster where fewer than so many hundredths are other
// than 0. Measured on Zen 4; the more columns each number is multiplied with, the less it costs to list it.
static long limit(long columns) { return columns < CFV_LEAST_LISTED_COLUMNS ? 0 : 73 - 1300 / columns; }

CFV_MULTIVERSION CFV_WIDE int cfv_suits_lists(const float *packed, long rows, long inner, long columns) {
  if (limit(columns) == 0) return 0;
  // Some vectors of all rows stand for the rest.
  const long whole = inner / 16, step = 7;
  WideMask zeros = {0};
  long seen = 0, count = 0;
  for (long v = 0; v < rows * whole; v += step, seen += 16)
    zeros += *(const Wide *)packed_columns(packed, inner, v % rows, v / rows * 16) == 0;
  for (int i = 0; i < CFV_LANES; i++) count -= zeros[i];
  return 100 * (seen - count) < limit(columns) * seen;
}
