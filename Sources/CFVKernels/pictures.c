#include "cfv_pictures.h"

#include <stddef.h>

#include "lanes.h"
#include "multiversion.h"
#include "vector_math.h"

CFV_INLINE void map_pixels(const float *pixels, float *values, long count, const long channels, const float *scale,
                           const float *offset, int reverse) {
  for (long p = 0; p < count; p++)
    for (long c = 0; c < channels; c++)
      values[p * channels + (reverse ? channels - 1 - c : c)] = pixels[p * channels + c] * scale[c] + offset[c];
}

CFV_INLINE void pull_back_pixels(const float *values_gradient, float *gradient, long count, const long channels,
                                 const float *scale, int reverse, int accumulating) {
  for (long p = 0; p < count; p++)
    for (long c = 0; c < channels; c++) {
      const float share = scale[c] * values_gradient[p * channels + (reverse ? channels - 1 - c : c)];
      gradient[p * channels + c] = accumulating ? gradient[p * channels + c] + share : share;
    }
}

CFV_INLINE void mix_planes(const float *planes, long plane_step, const float *matrix, float *picture, long count,
                           const long channels) {
  for (long p = 0; p < count; p++)
    for (long i = 0; i < channels; i++) {
      float sum = 0;
      for (long c = 0; c < channels; c++) sum += matrix[i * channels + c] * planes[c * plane_step + p];
      picture[p * channels + i] = logistic(sum);
    }
}

CFV_INLINE void pull_back_mix_planes(const float *gradient, const float *picture, const float *matrix, float *planes,
                                     long plane_step, long count, const long channels) {
  for (long p = 0; p < count; p++) {
    for (long c = 0; c < channels; c++) {
      float sum = 0;
      for (long i = 0; i < channels; i++) {
        const float color = picture == NULL ? 0 : picture[p * channels + i];
        const float slope = picture == NULL ? 1 : color * (1 - color);
        sum += matrix[i * channels + c] * (slope * gradient[p * channels + i]);
      }
      planes[c * plane_step + p] = sum;
    }
  }
}

CFV_INLINE void squash_planes(const float *planes, long plane_step, float *picture, long count, const long channels) {
  for (long c = 0; c < channels; c++)
    for (long p = 0; p < count; p++) picture[p * channels + c] = logistic(planes[c * plane_step + p]);
}

CFV_INLINE void pull_back_squash_planes(const float *gradient, const float *picture, float *planes, long plane_step,
                                        long count, const long channels) {
  for (long c = 0; c < channels; c++)
    for (long p = 0; p < count; p++) {
      const float color = picture == NULL ? 0 : picture[p * channels + c];
      const float slope = picture == NULL ? 1 : color * (1 - color);
      planes[c * plane_step + p] = slope * gradient[p * channels + c];
    }
}

// Loops over three channels, or one, are unrolled.
#define FOR_CHANNELS(channels, call) \
  do { \
    if (channels == 3) { \
      const long known = 3; \
      call; \
    } else if (channels == 1) { \
      const long known = 1; \
      call; \
    } else { \
      const long known = channels; \
      call; \
    } \
  } while (0)

CFV_MULTIVERSION
void cfv_map_pixels(const float *restrict pixels, float *restrict values, long count, long channels,
                    const float *restrict scale, const float *restrict offset, int reverse) {
  if (reverse)
    FOR_CHANNELS(channels, map_pixels(pixels, values, count, known, scale, offset, 1));
  else
    FOR_CHANNELS(channels, map_pixels(pixels, values, count, known, scale, offset, 0));
}

CFV_MULTIVERSION
void cfv_pull_back_pixels(const float *restrict values_gradient, float *restrict gradient, long count, long channels,
                          const float *restrict scale, int reverse, int accumulating) {
  if (reverse)
    FOR_CHANNELS(channels, pull_back_pixels(values_gradient, gradient, count, known, scale, 1, accumulating));
  else
    FOR_CHANNELS(channels, pull_back_pixels(values_gradient, gradient, count, known, scale, 0, accumulating));
}

CFV_MULTIVERSION
void cfv_mix_planes(const float *restrict planes, long plane_step, const float *restrict matrix,
                    float *restrict picture, long count, long channels) {
  if (matrix == NULL)
    FOR_CHANNELS(channels, squash_planes(planes, plane_step, picture, count, known));
  else
    FOR_CHANNELS(channels, mix_planes(planes, plane_step, matrix, picture, count, known));
}

CFV_MULTIVERSION
void cfv_pull_back_mix_planes(const float *restrict gradient, const float *restrict picture,
                              const float *restrict matrix, float *restrict planes, long plane_step, long count,
                              long channels) {
  if (matrix == NULL)
    FOR_CHANNELS(channels, pull_back_squash_planes(gradient, picture, planes, plane_step, count, known));
  else if (picture == NULL)
    FOR_CHANNELS(channels, pull_back_mix_planes(gradient, NULL, matrix, planes, plane_step, count, known));
  else
    FOR_CHANNELS(channels, pull_back_mix_planes(gradient, picture, matrix, planes, plane_step, count, known));
}
