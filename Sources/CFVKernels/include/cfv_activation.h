#ifndef CFV_ACTIVATION_H
#define CFV_ACTIVATION_H

typedef enum {
  CFV_CLIP,               // min(max(x, a), b); ReLU is a = 0, b = ∞
  CFV_LEAKY_RELU,         // x, or a · x below 0
  CFV_ELU,                // b · x, or b · a · (eˣ − 1) below 0; SELU has b ≠ 1
  CFV_GELU,               // x · Φ(x)
  CFV_GELU_TANH,          // the same by tanh
  CFV_SILU,               // x · σ(x)
  CFV_HARD_SWISH,         // x · min(max(x / 6 + ½, 0), 1)
  CFV_HARD_SIGMOID,       // min(max(a · x + b, 0), 1)
  CFV_SIGMOID,            // σ(x)
  CFV_TANH,               // tanh x
  CFV_SOFTPLUS            // ln(1 + eˣ)
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
