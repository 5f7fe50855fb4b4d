#include "cfv_pictures.h"

#include <math.h>

#include "multiversion.h"

void cfv_map_pixels(const float *pixels, float *values, long count, long channels, const float *scale,
                    const float *offset, int reverse) {
  for (long p = 0; p < count; p++, pixels += channels, values += channels)
    for (long c = 0; c < channels; c++)
      values[reverse ? channels - 1 - c : c] = pixels[c] * scale[c] + offset[c];
}

void cfv_pull_back_pixels(const float *values_gradient, float *gradient, long count, long channels,
                          const float *scale, int reverse) {
  for (long p = 0; p < count; p++, gradient += channels, values_gradient += channels)
    for (long c = 0; c < channels; c++)
      gradient[c] += scale[c] * values_gradient[reverse ? channels - 1 - c : c];
}

void cfv_mix_planes(const float *planes, float *picture, long count, long channels, const float *matrix) {
  for (long p = 0; p < count; p++)
    for (long i = 0; i < channels; i++) {
      float sum = 0;
      for (long c = 0; c < channels; c++) sum += matrix[i * channels + c] * planes[c * count + p];
      picture[p * channels + i] = sum;
    }
}

void cfv_pull_back_mix_planes(const float *gradient, float *planes, long count, long channels,
                              const float *matrix) {
  for (long c = 0; c < channels; c++)
    for (long p = 0; p < count; p++) {
      float sum = 0;
      for (long i = 0; i < channels; i++) sum += matrix[i * channels + c] * gradient[p * channels + i];
      planes[c * count + p] = sum;
    }
}

void cfv_sigmoid(float *values, long count) {
  for (long i = 0; i < count; i++) {
    const float power = expf(-fabsf(values[i]));
    values[i] = values[i] >= 0 ? 1 / (1 + power) : power / (1 + power);
  }
}

CFV_MULTIVERSION
void cfv_pull_back_sigmoid(const float *values, float *gradient, long count) {
  for (long i = 0; i < count; i++) gradient[i] *= values[i] * (1 - values[i]);
}

// The four neighbours of a place and their weights; a neighbour at −1 is outside.
typedef struct {
  long y[2], x[2];
  float wy[2], wx[2];
} Neighbours;

__attribute__((always_inline)) static inline Neighbours neighbours(float y, float x, long height, long width, int clamping) {
  Neighbours n;
  if (clamping) {
    y = fminf(fmaxf(y, 0), (float)(height - 1));
    x = fminf(fmaxf(x, 0), (float)(width - 1));
  } else {
    // Far outside is as good as just outside, and fits a long.
    y = fminf(fmaxf(y, -2), (float)(height + 1));
    x = fminf(fmaxf(x, -2), (float)(width + 1));
  }
  const float fy = floorf(y), fx = floorf(x);
  n.wy[1] = y - fy, n.wx[1] = x - fx;
  n.wy[0] = 1 - n.wy[1], n.wx[0] = 1 - n.wx[1];
  for (int i = 0; i < 2; i++) {
    const long yi = (long)fy + i, xi = (long)fx + i;
    n.y[i] = yi >= 0 && yi < height ? yi : -1;
    n.x[i] = xi >= 0 && xi < width ? xi : -1;
  }
  return n;
}

CFV_MULTIVERSION
void cfv_sample(const float *picture, long height, long width, long channels, const float m[6],
                int clamping, float fill, float *output, long out_height, long out_width) {
  for (long oy = 0; oy < out_height; oy++)
    for (long ox = 0; ox < out_width; ox++, output += channels) {
      const Neighbours n = neighbours(m[0] * oy + m[1] * ox + m[2], m[3] * oy + m[4] * ox + m[5],
                                      height, width, clamping);
      for (long c = 0; c < channels; c++) output[c] = 0;
      for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
          const float weight = n.wy[i] * n.wx[j];
          if (weight == 0) continue;
          const int inside = n.y[i] >= 0 && n.x[j] >= 0;
          const float *cell = picture + (n.y[i] * width + n.x[j]) * channels;
          for (long c = 0; c < channels; c++) output[c] += weight * (inside ? cell[c] : fill);
        }
    }
}

CFV_MULTIVERSION
void cfv_pull_back_sample(const float *output_gradient, long out_height, long out_width, long channels,
                          const float m[6], int clamping, float *gradient, long height, long width) {
  for (long oy = 0; oy < out_height; oy++)
    for (long ox = 0; ox < out_width; ox++, output_gradient += channels) {
      const Neighbours n = neighbours(m[0] * oy + m[1] * ox + m[2], m[3] * oy + m[4] * ox + m[5],
                                      height, width, clamping);
      for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
          if (n.y[i] < 0 || n.x[j] < 0) continue;
          const float weight = n.wy[i] * n.wx[j];
          float *cell = gradient + (n.y[i] * width + n.x[j]) * channels;
          for (long c = 0; c < channels; c++) cell[c] += weight * output_gradient[c];
        }
    }
}
