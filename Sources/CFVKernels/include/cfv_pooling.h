#ifndef CFV_POOLING_H
#define CFV_POOLING_H

#include "cfv_convolution.h"

// Of the output rows first ..< last of one image, `count` channels from `channel` on: the largest value of each
// window, and where it was. `winners` holds the cell's number within the window, the first one on a tie; windows
// of 255 cells and more keep shorts. Positions of the output are `output_step` apart.
void cfv_pool_maximum_bytes(const cfv_window *window, const float *image, long first, long last, long channel,
                            long count, float *output, long output_step, signed char *winners);
void cfv_pool_maximum_shorts(const cfv_window *window, const float *image, long first, long last, long channel,
                             long count, float *output, long output_step, short *winners);

// Writes, or accumulating adds, the gradient of the input rows first ..< last of one image: each cell takes
// those of the windows that it has won.
void cfv_pull_back_pool_maximum_bytes(const cfv_window *window, const float *output_gradient,
                                      long output_step, const signed char *winners, long first, long last,
                                      long channel, long count, float *gradient, int accumulating);
void cfv_pull_back_pool_maximum_shorts(const cfv_window *window, const float *output_gradient,
                                       long output_step, const short *winners, long first, long last,
                                       long channel, long count, float *gradient, int accumulating);

// The same for the mean over each window; `shares` holds what the sum of an output position is multiplied by.
void cfv_pool_average(const cfv_window *window, const float *image, const float *shares, long first,
                      long last, long channel, long count, float *output, long output_step);
void cfv_pull_back_pool_average(const cfv_window *window, const float *output_gradient, long output_step,
                                const float *shares, long first, long last, long channel, long count,
                                float *gradient, int accumulating);

// The norm (Σ |x|^p)^(1 / p) of each window of one image, for `count` channels from `channel` on.
void cfv_pool_norm(const cfv_window *window, float p, const float *image, long channel, long count,
                   float *output, long output_step);

// Adds the gradient of each window's norm to its cells; a norm of 0 has none.
void cfv_pull_back_pool_norm(const cfv_window *window, float p, const float *image, const float *output,
                             const float *output_gradient, long output_step, long channel, long count,
                             float *gradient);

#endif
