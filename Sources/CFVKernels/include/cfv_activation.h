#ifndef CFV_ACTIVATION_H
#define CFV_ACTIVATION_H

typedef enum {
  CFV_CLIP,               // min(max(x, a), b); ReLU is a = 0, b = ∞
  CFV_LEAKY_RELU,         // x, or a · x below 0
  CFV_ELU,                // b · x, or b · a · (eˣ − 1) below 0; SELU has b ≠ 1
  CFV_GELU,               // x · Φ(x)
  CFV_GELU_TANH,          // the same by tanh
  CFV_CELU,               // x, or a · (e^(x / a) − 1) below 0
  CFV_THRESHOLDED_RELU,   // x, or 0 up to a
  CFV_SWISH,              // x · σ(a · x); SiLU has a = 1
  CFV_MISH,               // x · tanh(ln(1 + eˣ))
  CFV_HARD_SWISH,         // x · min(max(x / 6 + ½, 0), 1)
  CFV_HARD_SIGMOID,       // min(max(a · x + b, 0), 1)
  CFV_SIGMOID,            // σ(x)
  CFV_TANH,               // tanh x
  CFV_SOFTSIGN,           // x / (1 + |x|)
  CFV_SOFTPLUS,           // ln(1 + eˣ)
  // Functions of arithmetic, no activations:
  CFV_ABSOLUTE,           // |x|
  CFV_EXPONENTIAL,        // eˣ
  CFV_LOGARITHM,          // ln x
  CFV_SQUARE_ROOT,        // √x
  CFV_RECIPROCAL,         // 1 / x
  CFV_ERROR_FUNCTION,     // erf x
  CFV_SINE,
  CFV_COSINE,
  CFV_TANGENT,
  CFV_ARCSINE,
  CFV_ARCCOSINE,
  CFV_ARCTANGENT,
  CFV_HYPERBOLIC_SINE,
  CFV_HYPERBOLIC_COSINE,
  CFV_HYPERBOLIC_ARCSINE,
  CFV_HYPERBOLIC_ARCCOSINE,
  CFV_HYPERBOLIC_ARCTANGENT,
  CFV_FLOOR,
  CFV_CEILING,
  CFV_ROUND,
  CFV_TRUNCATE,
  CFV_SIGN
} cfv_activation_kind;

typedef struct {
  cfv_activation_kind kind;
  float a, b;
} cfv_activation;

// y = f(x).
void cfv_activate(const cfv_activation *activation, const float *x, float *y, long count);

// slopes = f′(x), given y = f(x) as well.
void cfv_activation_slopes(const cfv_activation *activation, const float *x, const float *y,
                           float *slopes, long count);

// The same for x, or slope · x below 0, with slopes that repeat every `period` elements from `first` on.
void cfv_activate_parametric(const float *slopes, long period, long first, const float *x, float *y,
                             long count);
void cfv_parametric_slopes(const float *slopes, long period, long first, const float *x, float *result,
                           long count);

#endif
