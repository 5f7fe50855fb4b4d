// Functions of single precision that the compiler vectorises where it inlines them, unlike those of libm.
#ifndef CFV_VECTOR_MATH_H
#define CFV_VECTOR_MATH_H

#include <math.h>
#include <stdint.h>
#include <string.h>

// The least x whose exponential is a normal number.
#define LEAST_EXPONENT (-87.3f)

// e^x for x up to 88, within 1e-7 of it; at least e^LEAST_EXPONENT. Cephes' polynomial, after
// x = n · ln 2 + r with |r| ≤ ln 2 / 2.
static inline float exponential(float x) {
  const float clipped = x < LEAST_EXPONENT ? LEAST_EXPONENT : x;
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

// ln x of a normal, positive number, within 2e-7 of it or of its size. Cephes' polynomial, after x = 2^n · (1 + f) with
// 1 + f between √½ and √2.
static inline float logarithm(float x) {
  const uint32_t rootOfHalf = 0x3f3504f3u;
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  bits -= rootOfHalf;
  const float n = (float)((int32_t)bits >> 23);
  bits = (bits & 0x7fffffu) + rootOfHalf;
  float mantissa;
  memcpy(&mantissa, &bits, sizeof mantissa);
  const float f = mantissa - 1, z = f * f;
  float p = 7.0376836292e-2f;
  p = p * f - 1.1514610310e-1f;
  p = p * f + 1.1676998740e-1f;
  p = p * f - 1.2420140846e-1f;
  p = p * f + 1.4249322787e-1f;
  p = p * f - 1.6668057665e-1f;
  p = p * f + 2.0000714765e-1f;
  p = p * f - 2.4999993993e-1f;
  p = p * f + 3.3333331174e-1f;
  return f + (f * z * p - 2.12194440e-4f * n - 0.5f * z) + 0.693359375f * n;
}

// 1 / (1 + e^−x). e^−|x| is at most 1, whatever x.
static inline float logistic(float x) {
  const float power = exponential(-fabsf(x)), rate = 1 / (1 + power);
  return x >= 0 ? rate : power * rate;
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

// arctan x within 2e-7 of it: Cephes' polynomial after x = tan(π/4 + y) or tan(π/2 + y) where |x| is larger.
static inline float arc_tangent(float x) {
  const float t = fabsf(x);
  const int isLarge = t > 2.41421356f, isSmall = t <= 0.414213562f;
  const float over = isLarge ? -1 : isSmall ? t : t - 1;
  const float under = isLarge ? t : isSmall ? 1 : t + 1;
  const float base = isLarge ? 1.57079633f : isSmall ? 0 : 0.785398163f;
  const float r = over / under, z = r * r;
  float p = 8.05374449538e-2f;
  p = p * z - 1.38776856032e-1f;
  p = p * z + 1.99777106478e-1f;
  p = p * z - 3.33329491539e-1f;
  const float angle = base + (p * z * r + r);
  return x < 0 ? -angle : angle;
}

// The sine and the cosine of x up to some thousands, within 1e-7 of them. Cephes' polynomials, after
// x = n · π / 2 + r with |r| ≤ π / 4.
static inline void sine_and_cosine(float x, float *sine, float *cosine) {
  // Adding 1.5 · 2^23 rounds to an integer, which the lowest bits of the sum then hold.
  const float shift = 12582912.0f;
  const float shifted = x * 0.636619772f + shift;
  const float n = shifted - shift;
  const float r = ((x - n * 1.5703125f) - n * 4.837512969970703125e-4f) - n * 7.549789948768648e-8f;
  const float z = r * r;
  const float s = r + r * z * (-1.6666654611e-1f + z * (8.3321608736e-3f - z * 1.9515295891e-4f));
  const float c = 1 - 0.5f * z + z * z * (4.166664568298827e-2f + z * (-1.388731625493765e-3f + z * 2.443315711809948e-5f));
  uint32_t quarter;
  memcpy(&quarter, &shifted, sizeof quarter);
  const float a = quarter & 1 ? c : s, b = quarter & 1 ? s : c;
  *sine = quarter & 2 ? -a : a;
  *cosine = (quarter + 1) & 2 ? -b : b;
}

#endif
