#include "cfv_optimizers.h"

#include "multiversion.h"
#include "square_root.h"

CFV_MULTIVERSION
void cfv_step_adam(float *restrict parameters, float *restrict mean, float *restrict square,
                   const float *restrict gradient, long count, float beta1, float beta2, float rate,
                   float correction, float epsilon) {
  for (long i = 0; i < count; i++) {
    const float g = gradient[i];
    const float m = beta1 * mean[i] + (1 - beta1) * g;
    const float s = beta2 * square[i] + (1 - beta2) * g * g;
    mean[i] = m, square[i] = s;
    parameters[i] -= rate * m / (square_root(s * correction) + epsilon);
  }
}

CFV_MULTIVERSION
void cfv_step_rmsprop(float *restrict parameters, float *restrict cache, const float *restrict gradient, long count,
                      float rho, float rate, float epsilon) {
  for (long i = 0; i < count; i++) {
    const float g = gradient[i];
    cache[i] = rho * cache[i] + (1 - rho) * g * g;
    parameters[i] -= rate * g / square_root(cache[i] + epsilon);
  }
}

CFV_MULTIVERSION
void cfv_step_nadam(float *restrict parameters, float *restrict mean, float *restrict square,
                    const float *restrict gradient, long count, float beta1, float beta2, float mean_rate,
                    float gradient_rate, float correction, float epsilon) {
  for (long i = 0; i < count; i++) {
    const float g = gradient[i];
    const float m = beta1 * mean[i] + (1 - beta1) * g;
    const float s = beta2 * square[i] + (1 - beta2) * g * g;
    mean[i] = m, square[i] = s;
    parameters[i] -= (mean_rate * m + gradient_rate * g) / (square_root(s * correction) + epsilon);
  }
}

CFV_MULTIVERSION
void cfv_step_momentum(float *restrict parameters, float *restrict velocity, const float *restrict gradient, long count,
                       float momentum, float velocity_rate, float gradient_rate) {
  for (long i = 0; i < count; i++) {
    const float g = gradient[i], v = momentum * velocity[i] + g;
    velocity[i] = v;
    parameters[i] -= velocity_rate * v + gradient_rate * g;
  }
}

CFV_MULTIVERSION
void cfv_step_descent(float *restrict parameters, const float *restrict gradient, long count, float rate) {
  for (long i = 0; i < count; i++) parameters[i] -= rate * gradient[i];
}

CFV_MULTIVERSION
void cfv_scale(float *values, long count, float factor) {
  for (long i = 0; i < count; i++) values[i] *= factor;
}

CFV_MULTIVERSION
void cfv_clamp_pixels(float *restrict values, long count, long channels, const float *restrict low,
                      const float *restrict high) {
  for (long c = 0; c < channels; c++) {
    const float least = low[c], most = high[c];
    for (long p = 0; p < count; p++) {
      // NaN stays NaN.
      const float value = values[p * channels + c], floored = value < least ? least : value;
      values[p * channels + c] = floored > most ? most : floored;
    }
  }
}
