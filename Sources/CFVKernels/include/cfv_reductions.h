#ifndef CFV_REDUCTIONS_H
#define CFV_REDUCTIONS_H

// Σ x², in double precision, always in the same order.
double cfv_sum_of_squares(const float *x, long count);

// Σ x, Σ (x − mean)² and Σ x · y alike.
double cfv_sum(const float *x, long count);
double cfv_sum_of_squared_deviations(const float *x, long count, double mean);
double cfv_sum_of_products(const float *x, const float *y, long count);

// Whether no number is infinite or NaN.
int cfv_all_finite(const float *x, long count);

// The largest |x|; 0 of no numbers.
float cfv_largest_magnitude(const float *x, long count);

#endif
