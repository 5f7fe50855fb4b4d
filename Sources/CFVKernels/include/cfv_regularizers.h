#ifndef CFV_REGULARIZERS_H
#define CFV_REGULARIZERS_H

// Σ ((Δy)² + (Δx)² + epsilon)^(beta/2) over the pixels of the rows first ..< last that have a neighbour below and to
// the right; adds to these rows' gradient, where there is one, `scale` times that of the sum over all rows. `scratch` has
// room for 2 · width · channels numbers.
double cfv_total_variation(const float *picture, long height, long width, long channels, float beta,
                           float epsilon, float scale, long first, long last, float *gradient, float *scratch);

// Σ (|x| / unit)^p.
double cfv_sum_of_powers(const float *x, long count, float p, float unit);

// gradient += scale · sign(x) · (|x| / unit)^(p − 1).
void cfv_add_power_gradient(const float *x, long count, float p, float unit, float scale, float *gradient);

#endif
