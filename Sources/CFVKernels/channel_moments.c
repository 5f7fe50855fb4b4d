#include "cfv_moments.h"

#include "multiversion.h"

// Channels summed at once, and positions after which single-precision sums go into the double-precision ones.
enum { CHANNELS = 64, POSITIONS = 32 };

// sums_c += Σ (x_c − mean_c)^power over all positions, for up to CHANNELS channels.
#define ADD_POWERS(term)                                                                       \
  for (long from = 0; from < positions; from += POSITIONS) {                                   \
    const long to = from + POSITIONS < positions ? from + POSITIONS : positions;               \
    float part[CHANNELS] = {0};                                                                \
    for (long position = from; position < to; position++) {                                    \
      const float *row = x + position * channels + first;                                      \
      for (long c = 0; c < count; c++) part[c] += (term);                                      \
    }                                                                                          \
    for (long c = 0; c < count; c++) sums[c] += part[c];                                       \
  }

CFV_MULTIVERSION
void cfv_channel_moments(const float *x, long positions, long channels, float *mean, float *variance) {
  for (long first = 0; first < channels; first += CHANNELS) {
    const long count = first + CHANNELS < channels ? CHANNELS : channels - first;
    float center[CHANNELS];
    double sums[CHANNELS] = {0};
    ADD_POWERS(row[c])
    for (long c = 0; c < count; c++) mean[first + c] = center[c] = (float)(sums[c] / positions), sums[c] = 0;
    ADD_POWERS((row[c] - center[c]) * (row[c] - center[c]))
    for (long c = 0; c < count; c++) variance[first + c] = (float)(sums[c] / positions);
  }
}

CFV_MULTIVERSION
void cfv_add_moment_gradient(const float *x, long positions, long channels, const float *mean, const float *shift,
                             const float *slope, float *gradient) {
  for (long position = 0; position < positions; position++, x += channels, gradient += channels)
    for (long c = 0; c < channels; c++) gradient[c] += shift[c] + slope[c] * (x[c] - mean[c]);
}
