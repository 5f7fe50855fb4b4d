#ifndef CFV_SOFTMAX_H
#define CFV_SOFTMAX_H

// y = e^x / Σ e^x, or its logarithm, for each of `rows` rows of `width` values.
void cfv_softmax_rows(const float *x, float *y, long rows, long width, int logarithmic);

// Writes, or accumulating adds, the gradient of x from that of y and from y.
void cfv_pull_back_softmax_rows(const float *y, const float *output_gradient, float *gradient, long rows,
                                long width, int logarithmic, int accumulating);

#endif
