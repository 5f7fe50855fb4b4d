#ifndef CFV_STANDARDIZATION_H
#define CFV_STANDARDIZATION_H

// Standardizes each of `rows` rows of `width` values:
// y = (x − mean) · rate · scale + shift with rate = 1 / √(variance + epsilon).
// Without `centring` the mean is taken to be 0, and the variance is the mean square.
// `scale` and `shift` hold a number for each column; `statistics` receives mean and rate of each row.
void cfv_standardize_rows(const float *x, const float *scale, const float *shift, float epsilon, float *y,
                          float *statistics, long rows, long width, int centring);

// Writes, or accumulating adds, the gradient of x.
void cfv_pull_back_standardize_rows(const float *x, const float *scale, const float *statistics,
                                    const float *output_gradient, float *gradient, long rows, long width,
                                    int centring, int accumulating);

#endif
