#ifndef CFV_MAPS_H
#define CFV_MAPS_H

#include "cfv_elementwise.h"

// y = activation(x · scale + shift) for `rows` rows of channels; those of y are `y_step` apart.
void cfv_map_channels(const cfv_epilogue *epilogue, const float *x, float *y, long y_step, long rows,
                      long columns);

// Writes, or accumulating adds, the gradient of x from y and its gradient, whose rows are `y_step` apart.
void cfv_pull_back_map_channels(const cfv_epilogue *epilogue, const float *y, const float *output_gradient,
                                long y_step, float *gradient, long rows, long columns, int accumulating);

// y = activation(a + b); of the epilogue, scale and shift do not count.
void cfv_add_maps(const cfv_epilogue *epilogue, const float *a, const float *b, float *y, long count);

// Writes or adds the gradients of both at once; a place that is NULL wants none. Both may be one place if
// the second adds.
void cfv_pull_back_add_maps(const cfv_epilogue *epilogue, const float *y, const float *output_gradient,
                            float *a_gradient, int accumulating_a, float *b_gradient, int accumulating_b,
                            long count);

#endif
