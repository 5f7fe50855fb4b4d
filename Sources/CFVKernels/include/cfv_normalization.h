#ifndef CFV_NORMALIZATION_H
#define CFV_NORMALIZATION_H

// Local response normalization: y_c = x_c · base_c^−beta with
// base_c = bias + weight · Σ x², the sum over channels c − before … c + after.
typedef struct {
  long channels, before, after;
  float weight, beta, bias;
} cfv_response;

// Positions worked on at a time; `rows` below has room for as many times channels + before + after values.
enum { CFV_RESPONSE_ROWS = 8 };

// Normalizes `positions` rows of channels; `roots` receives what the pullback needs of each base.
void cfv_normalize_response(const cfv_response *response, const float *x, float *y, float *roots,
                            long positions, float *rows);

// Writes, or accumulating adds, the gradient of x.
void cfv_pull_back_normalize_response(const cfv_response *response, const float *x, const float *roots,
                                      const float *output_gradient, float *gradient, long positions,
                                      int accumulating, float *rows);

#endif
