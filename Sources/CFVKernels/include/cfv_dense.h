#ifndef CFV_DENSE_H
#define CFV_DENSE_H

// Products with a dense layer's weights as they lie, `width` a unit: bound by reading them, so that nothing is packed.
// Sums are taken in an order that the shapes decide. The weights of unit u are those stored times factors[u]; floats
// have no factors.

// output[r · output_step + u] = Σ_i input[r · width + i] · weights[u · width + i] for `units` units.
void cfv_dense_multiply(const float *input, long rows, const float *weights, const float *factors, long width,
                        long units, float *output, long output_step);
void cfv_dense_half_multiply(const float *input, long rows, const unsigned short *weights, const float *factors,
                             long width, long units, float *output, long output_step);

// gradient[r · width + i] (= or, accumulating, +=) Σ_u output_gradient[r · units + u] · weights[u · width + i] for
// the inputs first ..< last. Units whose gradients are all 0, behind a closed ReLU for example, are not read;
// `open` has room for `units` numbers.
void cfv_dense_pull_back(const float *output_gradient, long rows, const float *weights, const float *factors,
                         long width, long units, long first, long last, float *gradient, int accumulating, int *open);
void cfv_dense_half_pull_back(const float *output_gradient, long rows, const unsigned short *weights,
                              const float *factors, long width, long units, long first, long last, float *gradient,
                              int accumulating, int *open);

// Stores finite weights as the nearest halves, a unit's times the power of two that makes its largest nearly the
// largest half, whatever the size of the weights. A weight is off by at most 2⁻¹¹ of itself, or by 2⁻³⁹ of the unit's
// largest where that is more.
void cfv_dense_half_store(const float *weights, long width, long units, unsigned short *halves, float *factors);

#endif
