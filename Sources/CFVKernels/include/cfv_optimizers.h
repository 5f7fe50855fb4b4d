#ifndef CFV_OPTIMIZERS_H
#define CFV_OPTIMIZERS_H

// mean = beta1 · mean + (1 − beta1) · g; square = beta2 · square + (1 − beta2) · g²;
// parameters −= rate · mean / (√(square · correction) + epsilon).
void cfv_step_adam(float *parameters, float *mean, float *square, const float *gradient, long count, float beta1,
                   float beta2, float rate, float correction, float epsilon);

// cache = rho · cache + (1 − rho) · g²; parameters −= rate · g / √(cache + epsilon).
void cfv_step_rmsprop(float *parameters, float *cache, const float *gradient, long count, float rho, float rate,
                      float epsilon);

// mean = beta1 · mean + (1 − beta1) · g; square = beta2 · square + (1 − beta2) · g²;
// parameters −= (mean_rate · mean + gradient_rate · g) / (√(square · correction) + epsilon).
void cfv_step_nadam(float *parameters, float *mean, float *square, const float *gradient, long count, float beta1,
                    float beta2, float mean_rate, float gradient_rate, float correction, float epsilon);

// velocity = momentum · velocity + g; parameters −= velocity_rate · velocity + gradient_rate · g.
void cfv_step_momentum(float *parameters, float *velocity, const float *gradient, long count, float momentum,
                       float velocity_rate, float gradient_rate);

// parameters −= rate · g.
void cfv_step_descent(float *parameters, const float *gradient, long count, float rate);

// values = factor · values.
void cfv_scale(float *values, long count, float factor);

// values[p][c] is held in low[c] … high[c].
void cfv_clamp_pixels(float *values, long count, long channels, const float *low, const float *high);

#endif
