#include "cfv_phases.h"

#include <stddef.h>

#include "multiversion.h"
#include "vector_math.h"

CFV_MULTIVERSION
void cfv_phase_spectrum(const float *restrict phases, const float *restrict shares, const float *restrict magnitudes,
                        long count, float mean, float factor, float *restrict re, float *restrict im) {
  for (long i = 0; i < count; i++) {
    float sine, cosine;
    sine_and_cosine((phases[i] - mean) * factor, &sine, &cosine);
    re[i] = magnitudes[i] * cosine;
    im[i] = magnitudes[i] * sine;
  }
  if (shares == NULL) return;
  for (long i = 0; i < count; i++) {
    const float share = logistic(shares[i]);
    re[i] *= share;
    im[i] *= share;
  }
}

CFV_MULTIVERSION
void cfv_pull_back_phase_spectrum(const float *restrict re, const float *restrict im, const float *restrict re_gradient,
                                  const float *restrict im_gradient, const float *restrict shares, long count,
                                  float *restrict angle_gradient, float *restrict share_gradient) {
  for (long i = 0; i < count; i++) angle_gradient[i] = im_gradient[i] * re[i] - re_gradient[i] * im[i];
  if (shares == NULL) return;
  for (long i = 0; i < count; i++)
    share_gradient[i] = (re_gradient[i] * re[i] + im_gradient[i] * im[i]) * (1 - logistic(shares[i]));
}

CFV_MULTIVERSION
void cfv_pull_back_deviations(const float *restrict x, long count, float mean, float factor, float shift, float slope,
                              float *restrict gradient) {
  for (long i = 0; i < count; i++) gradient[i] = factor * (gradient[i] - shift - slope * (x[i] - mean));
}
