#ifndef CFV_REGULARIZERS_H
#define CFV_REGULARIZERS_H

// Returns Σ ((Δy)² + (Δx)² + epsilon)^(beta/2) over the pixels that have a neighbour below and to the right,
// and adds `scale` times its gradient.
double cfv_total_variation(const float *picture, long height, long width, long channels, float beta,
                           float epsilon, float scale, float *gradient);

// Returns (Σ |x|^p)^(1/p), or the largest |x| for infinite p, and adds `scale` times its gradient.
double cfv_lp_norm(const float *values, long count, float p, float scale, float *gradient);

#endif
