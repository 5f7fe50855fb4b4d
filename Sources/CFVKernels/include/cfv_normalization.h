#ifndef CFV_NORMALIZATION_H
#define CFV_NORMALIZATION_H

// Local response normalization: y_c = x_c · base_c^−beta with
// base_c = bias + weight · Σ x², the sum over channels c − before … c + after.
typedef struct {
  long channels, before, after;
  float weight, beta, bias;
} cfv_response;

// Normalizes `positions` rows of channels; `bases` receives base_c, which the pullback needs.
void cfv_normalize_response(const cfv_response *response, const float *x, float *y, float *bases,
                            long positions);

// Writes, or accumulating adds, the gradient of x. `row` has room for 2 · channels values.
void cfv_pull_back_normalize_response(const cfv_response *response, const float *x, const float *y,
                                      const float *bases, const float *output_gradient, float *gradient,
                                      long positions, int accumulating, float *row);

#endif
