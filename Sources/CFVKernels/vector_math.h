// Functions of single precision that the compiler vectorises where it inlines them, unlike those of libm.
#ifndef CFV_VECTOR_MATH_H
#define CFV_VECTOR_MATH_H

#include <math.h>
#include <stdint.h>
#include <string.h>

// e^x for x up to 88, within 1e-7 of it; at least e^−87.3. Cephes' polynomial, after
// x = n · ln 2 + r with |r| ≤ ln 2 / 2.
static inline float exponential(float x) {
  const float low = -87.3f;
  const float clipped = x < low ? low : x;
  // Adding 1.5 · 2^23 rounds to an integer, which the lowest bits of the sum then hold.
  const float shift = 12582912.0f;
  const float shifted = clipped * 1.44269504f + shift;
  const float n = shifted - shift;
  const float r = (clipped - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1;
  uint32_t bits;
  memcpy(&bits, &shifted, sizeof bits);
  bits = (bits + 127) << 23;
  float power;
  memcpy(&power, &bits, sizeof power);
  return p * power;
}

// erf x within 1e-7 of it: a minimax polynomial in the middle, 1 − e^polynomial outside.
static inline float error_function(float x) {
  const float t = fabsf(x), s = x * x;
  float r = -1.72853470e-5f * t + 3.83197126e-4f;
  const float u = -3.88396438e-3f * t + 2.42546219e-2f;
  r = r * s + u;
  r = r * t - 1.06777877e-1f;
  r = r * t - 6.34846687e-1f;
  r = r * t - 1.28717512e-1f;
  r = r * t - t;
  const float tail = 1 - exponential(r);
  float q = -5.96761703e-4f;
  q = q * s + 4.99119423e-3f;
  q = q * s - 2.67681349e-2f;
  q = q * s + 1.12819925e-1f;
  q = q * s - 3.76125336e-1f;
  q = q * s + 1.28379166e-1f;
  q = q * x + x;
  return t > 0.921875f ? (x < 0 ? -tail : tail) : q;
}

#endif
