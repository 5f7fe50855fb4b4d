#include "cfv_activation.h"

#include <math.h>

#include "multiversion.h"
#include "vector_math.h"

static const float root_half = 0.70710678118654752f;
static const float root_two_over_pi = 0.79788456080286536f;
static const float density_at_zero = 0.39894228040143268f;
static const float two_over_root_pi = 1.12837916709551257f;
static const float gelu_cubic = 0.044715f;

static inline float sigmoid(float x) {
  // e^−|x| never overflows.
  const float power = exponential(-fabsf(x));
  return x >= 0 ? 1 / (1 + power) : power / (1 + power);
}

static inline float softplus(float x) { return (x > 0 ? x : 0) + log1pf(expf(-fabsf(x))); }

static inline float clip(float x, float low, float high) {
  const float raised = x < low ? low : x;
  return raised > high ? high : raised;
}

#define EACH(expression) \
  for (long i = 0; i < count; i++) { \
    const float v = x[i]; \
    y[i] = (expression); \
  } \
  break

CFV_MULTIVERSION
void cfv_activate(const cfv_activation *f, const float *x, float *y, long count) {
  const float a = f->a, b = f->b;
  switch (f->kind) {
    case CFV_CLIP: EACH(clip(v, a, b));
    case CFV_LEAKY_RELU: EACH(v < 0 ? a * v : v);
    case CFV_ELU: EACH(v < 0 ? b * a * expm1f(v) : b * v);
    case CFV_GELU: EACH(0.5f * v * (1 + error_function(v * root_half)));
    case CFV_GELU_TANH:
      EACH(0.5f * v * (1 + tanhf(root_two_over_pi * (v + gelu_cubic * v * v * v))));
    case CFV_CELU: EACH(v < 0 ? a * expm1f(v / a) : v);
    case CFV_THRESHOLDED_RELU: EACH(v > a ? v : 0);
    case CFV_SWISH: EACH(v * sigmoid(a * v));
    case CFV_MISH: EACH(v * tanhf(softplus(v)));
    case CFV_HARD_SWISH: EACH(v * clip(v / 6 + 0.5f, 0, 1));
    case CFV_HARD_SIGMOID: EACH(clip(a * v + b, 0, 1));
    case CFV_SIGMOID: EACH(sigmoid(v));
    case CFV_TANH: EACH(tanhf(v));
    case CFV_SOFTSIGN: EACH(v / (1 + fabsf(v)));
    case CFV_SOFTPLUS: EACH(softplus(v));
    case CFV_ABSOLUTE: EACH(fabsf(v));
    case CFV_EXPONENTIAL: EACH(expf(v));
    case CFV_LOGARITHM: EACH(logf(v));
    case CFV_SQUARE_ROOT: EACH(sqrtf(v));
    case CFV_RECIPROCAL: EACH(1 / v);
    case CFV_ERROR_FUNCTION: EACH(error_function(v));
    case CFV_SINE: EACH(sinf(v));
    case CFV_COSINE: EACH(cosf(v));
    case CFV_TANGENT: EACH(tanf(v));
    case CFV_ARCSINE: EACH(asinf(v));
    case CFV_ARCCOSINE: EACH(acosf(v));
    case CFV_ARCTANGENT: EACH(atanf(v));
    case CFV_HYPERBOLIC_SINE: EACH(sinhf(v));
    case CFV_HYPERBOLIC_COSINE: EACH(coshf(v));
    case CFV_HYPERBOLIC_ARCSINE: EACH(asinhf(v));
    case CFV_HYPERBOLIC_ARCCOSINE: EACH(acoshf(v));
    case CFV_HYPERBOLIC_ARCTANGENT: EACH(atanhf(v));
    case CFV_FLOOR: EACH(floorf(v));
    case CFV_CEILING: EACH(ceilf(v));
    case CFV_ROUND: EACH(rintf(v));
    case CFV_TRUNCATE: EACH(truncf(v));
    case CFV_SIGN: EACH(v > 0 ? 1 : v < 0 ? -1 : v);
  }
}

#undef EACH
#define EACH(expression) \
  for (long i = 0; i < count; i++) { \
    const float v = x[i], value = y[i]; \
    (void)v, (void)value; \
    slopes[i] = (expression); \
  } \
  break

static inline float gelu_tanh_slope(float v) {
  const float t = tanhf(root_two_over_pi * (v + gelu_cubic * v * v * v));
  return 0.5f * (1 + t) +
         0.5f * v * (1 - t * t) * root_two_over_pi * (1 + 3 * gelu_cubic * v * v);
}

static inline float swish_slope(float v, float a) {
  const float s = sigmoid(a * v);
  return s + a * v * s * (1 - s);
}

static inline float mish_slope(float v) {
  const float t = tanhf(softplus(v));
  return t + v * sigmoid(v) * (1 - t * t);
}

static inline float softsign_slope(float v) {
  const float r = 1 / (1 + fabsf(v));
  return r * r;
}

CFV_MULTIVERSION
void cfv_activation_slopes(const cfv_activation *f, const float *x, const float *y, float *slopes,
                           long count) {
  const float a = f->a, b = f->b;
  switch (f->kind) {
    case CFV_CLIP: EACH(v > a && v < b ? 1 : 0);
    case CFV_LEAKY_RELU: EACH(v > 0 ? 1 : a);
    case CFV_ELU: EACH(v < 0 ? value + b * a : b);
    case CFV_GELU:
      EACH(0.5f * (1 + error_function(v * root_half)) + v * density_at_zero * exponential(-0.5f * v * v));
    case CFV_GELU_TANH: EACH(gelu_tanh_slope(v));
    case CFV_CELU: EACH(v < 0 ? expf(v / a) : 1);
    case CFV_THRESHOLDED_RELU: EACH(v > a ? 1 : 0);
    case CFV_SWISH: EACH(swish_slope(v, a));
    case CFV_MISH: EACH(mish_slope(v));
    case CFV_HARD_SWISH: EACH(v <= -3 ? 0 : v >= 3 ? 1 : v / 3 + 0.5f);
    case CFV_HARD_SIGMOID: EACH(value > 0 && value < 1 ? a : 0);
    case CFV_SIGMOID: EACH(value * (1 - value));
    case CFV_TANH: EACH(1 - value * value);
    case CFV_SOFTSIGN: EACH(softsign_slope(v));
    case CFV_SOFTPLUS: EACH(sigmoid(v));
    case CFV_ABSOLUTE: EACH(v > 0 ? 1 : v < 0 ? -1 : 0);
    case CFV_EXPONENTIAL: EACH(value);
    case CFV_LOGARITHM: EACH(1 / v);
    case CFV_SQUARE_ROOT: EACH(0.5f / value);
    case CFV_RECIPROCAL: EACH(-value * value);
    case CFV_ERROR_FUNCTION: EACH(two_over_root_pi * exponential(-v * v));
    case CFV_SINE: EACH(cosf(v));
    case CFV_COSINE: EACH(-sinf(v));
    case CFV_TANGENT: EACH(1 + value * value);
    case CFV_ARCSINE: EACH(1 / sqrtf((1 - v) * (1 + v)));
    case CFV_ARCCOSINE: EACH(-1 / sqrtf((1 - v) * (1 + v)));
    case CFV_ARCTANGENT: EACH(1 / (1 + v * v));
    case CFV_HYPERBOLIC_SINE: EACH(coshf(v));
    case CFV_HYPERBOLIC_COSINE: EACH(sinhf(v));
    case CFV_HYPERBOLIC_ARCSINE: EACH(1 / sqrtf(v * v + 1));
    case CFV_HYPERBOLIC_ARCCOSINE: EACH(1 / sqrtf((v - 1) * (v + 1)));
    case CFV_HYPERBOLIC_ARCTANGENT: EACH(1 / ((1 - v) * (1 + v)));
    case CFV_FLOOR:
    case CFV_CEILING:
    case CFV_ROUND:
    case CFV_TRUNCATE:
    case CFV_SIGN:
      EACH(0);
  }
}

void cfv_activate_parametric(const float *slopes, long period, long first, const float *x, float *y,
                             long count) {
  for (long i = 0, s = first % period; i < count; i++, s = s + 1 == period ? 0 : s + 1)
    y[i] = x[i] < 0 ? slopes[s] * x[i] : x[i];
}

void cfv_parametric_slopes(const float *slopes, long period, long first, const float *x, float *result,
                           long count) {
  for (long i = 0, s = first % period; i < count; i++, s = s + 1 == period ? 0 : s + 1)
    result[i] = x[i] > 0 ? 1 : slopes[s];
}
