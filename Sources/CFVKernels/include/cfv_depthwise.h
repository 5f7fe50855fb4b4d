#ifndef CFV_DEPTHWISE_H
#define CFV_DEPTHWISE_H

#include "cfv_convolution.h"

// What follows a depthwise convolution in registers: an offset per channel (NULL for none) and clipping.
typedef struct {
  const float *shift;
  float low, high;
} cfv_clipping;

// A depthwise convolution of one image, each channel with a window of its own: the output rows
// first ..< last, `count` channels from `channel` on. `weights` are window cells by channels. Positions of the
// output are `output_step` apart.
void cfv_depthwise(const cfv_window *window, const float *image, const float *weights,
                   const cfv_clipping *clipping, long first, long last, long channel, long count,
                   float *output, long output_step);

// Writes, or accumulating adds, the gradient of the input rows first ..< last of one image. Where the output
// lies on a limit of the clipping, its gradient does not count.
void cfv_pull_back_depthwise(const cfv_window *window, const float *output_gradient, const float *output,
                             long output_step, const float *weights, const cfv_clipping *clipping,
                             long first, long last, long channel, long count, float *gradient,
                             int accumulating);

#endif
