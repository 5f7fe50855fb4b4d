#ifndef CFV_DENSE_H
#define CFV_DENSE_H

// Products with a dense layer's weights as they lie, `width` floats a unit: bound by reading them, so that nothing
// is packed. Sums are taken in an order that the shapes decide.

// output[r · output_step + u] = Σ_i input[r · width + i] · weights[u · width + i] for `units` units.
void cfv_dense(const float *input, long rows, const float *weights, long width, long units, float *output,
               long output_step);

// gradient[r · width + i] (= or, accumulating, +=) Σ_u output_gradient[r · units + u] · weights[u · width + i] for
// the inputs first ..< last. Units whose gradients are all 0, behind a closed ReLU for example, are not read;
// `open` has room for `units` numbers.
void cfv_pull_back_dense(const float *output_gradient, long rows, const float *weights, long width, long units,
                         long first, long last, float *gradient, int accumulating, int *open);

#endif
