#include "cfv_regularizers.h"

#include <math.h>

double cfv_total_variation(const float *picture, long height, long width, long channels, float beta,
                           float epsilon, float scale, float *gradient) {
  const long step = width * channels;
  double sum = 0;
  for (long y = 0; y + 1 < height; y++) {
    const float *row = picture + y * step;
    float *row_gradient = gradient + y * step;
    double row_sum = 0;
    for (long i = 0; i < step - channels; i++) {
      const float down = row[i + step] - row[i], right = row[i + channels] - row[i];
      const float square = down * down + right * right + epsilon;
      float factor = 2 * scale;
      if (beta == 2) {
        row_sum += square;
      } else {
        // ∂/∂d of s^(β/2) is β · d · s^(β/2 − 1).
        row_sum += powf(square, beta / 2);
        factor = square > 0 ? scale * beta * powf(square, beta / 2 - 1) : 0;
      }
      row_gradient[i + step] += factor * down;
      row_gradient[i + channels] += factor * right;
      row_gradient[i] -= factor * (down + right);
    }
    sum += row_sum;
  }
  return sum;
}

double cfv_lp_norm(const float *values, long count, float p, float scale, float *gradient) {
  float largest = 0;
  long place = 0;
  for (long i = 0; i < count; i++)
    if (fabsf(values[i]) > largest) {
      largest = fabsf(values[i]);
      place = i;
    }
  if (largest == 0) return 0;
  if (isinf(p)) {
    gradient[place] += values[place] < 0 ? -scale : scale;
    return largest;
  }
  // Divided by the largest, powers neither overflow nor vanish. Whole powers are products.
  const int whole = p == floorf(p) && p <= 16 ? (int)p : 0;
  double sum = 0;
  for (long i = 0; i < count; i++) {
    const double ratio = fabs(values[i] / (double)largest);
    double power = 1;
    if (whole)
      for (int k = 0; k < whole; k++) power *= ratio;
    else
      power = pow(ratio, p);
    sum += power;
  }
  const double norm = pow(sum, 1.0 / p);
  // ∂norm/∂x = sign(x) · (|x| / norm)^(p − 1).
  for (long i = 0; i < count; i++) {
    const double ratio = fabs(values[i] / ((double)largest * norm));
    double power = 1;
    if (whole)
      for (int k = 1; k < whole; k++) power *= ratio;
    else
      power = pow(ratio, p - 1.0);
    if (values[i] != 0) gradient[i] += (float)(values[i] < 0 ? -scale * power : scale * power);
  }
  return largest * norm;
}
