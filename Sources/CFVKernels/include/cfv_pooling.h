#ifndef CFV_POOLING_H
#define CFV_POOLING_H

#include "cfv_convolution.h"

// The largest value of each window, for `count` channels from `channel` on, and where it was: `winners`
// holds the cell's index within the window, the first one on a tie; 255 · 255 cells at most.
void cfv_pool_maximum(const cfv_window *window, const float *image, long channel, long count,
                      float *output, unsigned short *winners);

// Adds the gradient of each window's value to the cell that won.
void cfv_pull_back_pool_maximum(const cfv_window *window, const float *output_gradient,
                                const unsigned short *winners, long channel, long count,
                                float *gradient);

// The mean over each window; `divisors` holds what the sum of an output position is divided by.
void cfv_pool_average(const cfv_window *window, const float *image, const float *divisors, long channel,
                      long count, float *output);

// Adds the gradient of each window's mean to its cells.
void cfv_pull_back_pool_average(const cfv_window *window, const float *output_gradient,
                                const float *divisors, long channel, long count, float *gradient);

// The norm (Σ |x|^p)^(1 / p) of each window.
void cfv_pool_norm(const cfv_window *window, float p, const float *image, long channel, long count,
                   float *output);

// Adds the gradient of each window's norm to its cells; a norm of 0 has none.
void cfv_pull_back_pool_norm(const cfv_window *window, float p, const float *image, const float *output,
                             const float *output_gradient, long channel, long count, float *gradient);

#endif
