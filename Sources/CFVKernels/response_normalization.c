#include <math.h>

#include "cfv_normalization.h"
#include "multiversion.h"

// base^−beta; the exponents networks use are square roots, which vectorise.
__attribute__((always_inline)) static inline void inverse_powers(const float *bases, float *powers,
                                                                 long count, float beta) {
  if (beta == 0.75f)
    for (long c = 0; c < count; c++) {
      const float root = sqrtf(bases[c]);
      powers[c] = 1 / (root * sqrtf(root));
    }
  else if (beta == 0.5f)
    for (long c = 0; c < count; c++) powers[c] = 1 / sqrtf(bases[c]);
  else if (beta == 1)
    for (long c = 0; c < count; c++) powers[c] = 1 / bases[c];
  else
    for (long c = 0; c < count; c++) powers[c] = powf(bases[c], -beta);
}

// sums[c] += Σ values[c + shift] over the shifts −before … after that stay inside.
__attribute__((always_inline)) static inline void window_sums(const float *values, float *sums,
                                                              long count, long before, long after) {
  for (long shift = -before; shift <= after; shift++) {
    const long low = shift < 0 ? -shift : 0, high = shift > 0 ? count - shift : count;
    for (long c = low; c < high; c++) sums[c] += values[c + shift];
  }
}

CFV_MULTIVERSION
void cfv_normalize_response(const cfv_response *r, const float *x, float *y, float *bases,
                            long positions) {
  const long channels = r->channels;
  for (long p = 0; p < positions; p++, x += channels, y += channels, bases += channels) {
    for (long c = 0; c < channels; c++) y[c] = r->weight * x[c] * x[c];
    for (long c = 0; c < channels; c++) bases[c] = r->bias;
    window_sums(y, bases, channels, r->before, r->after);
    inverse_powers(bases, y, channels, r->beta);
    for (long c = 0; c < channels; c++) y[c] *= x[c];
  }
}

CFV_MULTIVERSION
void cfv_pull_back_normalize_response(const cfv_response *r, const float *x, const float *y,
                                      const float *bases, const float *output_gradient, float *gradient,
                                      long positions, int accumulating, float *row) {
  const long channels = r->channels;
  const float factor = -2 * r->beta * r->weight;
  float *ratios = row, *sums = row + channels;
  for (long p = 0; p < positions; p++) {
    const long offset = p * channels;
    const float *g = output_gradient + offset;
    float *target = gradient + offset;
    for (long c = 0; c < channels; c++) ratios[c] = g[c] * y[offset + c] / bases[offset + c];
    for (long c = 0; c < channels; c++) sums[c] = 0;
    // Channel c is in the window of those from c − after to c + before.
    window_sums(ratios, sums, channels, r->after, r->before);
    inverse_powers(bases + offset, ratios, channels, r->beta);
    for (long c = 0; c < channels; c++) {
      const float value = g[c] * ratios[c] + factor * x[offset + c] * sums[c];
      target[c] = accumulating ? target[c] + value : value;
    }
  }
}
