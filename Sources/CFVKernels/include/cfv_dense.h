#ifndef CFV_DENSE_H
#define CFV_DENSE_H

// Products with a dense layer's weights as they lie, in lines of `width`: bound by reading them, so that nothing is
// packed. A line holds the weights of a unit, or else those of an input; what multiplies for one order combines for
// the other. Sums are taken in an order that the shapes of one row decide: a row's are the same among any others, but
// for what a gate closes. The weights of line l are those
// stored times factors[l]; floats have no factors.

// output[r · lines + l] (= or, accumulating, +=) Σ_i input[r · width + i] · weights[l · width + i] for the lines
// first ..< last. Where gates are given, as many as outputs, lines whose gates are 0 in every row are not read: nothing
// is added, or 0 is written; what is computed behind a gate that is 0 beside others counts for nothing. `open` has room for a number for each of these lines.
void cfv_dense_multiply(const float *input, long rows, const float *weights, const float *factors, long width,
                        long lines, long first, long last, const float *gates, float *output, int accumulating,
                        int *open);
void cfv_dense_half_multiply(const float *input, long rows, const unsigned short *weights, const float *factors,
                             long width, long lines, long first, long last, const float *gates, float *output,
                             int accumulating, int *open);

// output[r · width + i] (= or, accumulating, +=) Σ_l shares[r · lines + l] · weights[l · width + i] for
// first ≤ i < last. Lines whose shares are all 0, behind a closed ReLU for example, are not read; `open` has room for
// `lines` numbers.
void cfv_dense_combine(const float *shares, long rows, const float *weights, const float *factors, long width,
                       long lines, long first, long last, float *output, int accumulating, int *open);
void cfv_dense_half_combine(const float *shares, long rows, const unsigned short *weights, const float *factors,
                            long width, long lines, long first, long last, float *output, int accumulating, int *open);

// Stores finite weights as the nearest halves, a line's times the power of two that makes its largest nearly the
// largest half, whatever the size of the weights. A weight is off by at most 2⁻¹¹ of itself, or by 2⁻³⁹ of the line's
// largest where that is more.
void cfv_dense_half_store(const float *weights, long width, long lines, unsigned short *halves, float *factors);

// Split weights: lines of the memory of as many floats, of which 28 bits of 32 are read for each weight, and only the first
// 12 of them where they tell enough. Nothing is lost. Which lines can be split: of a multiple of 128 finite weights, all
// but a sixteenth of which have one of the 16 exponents up to that of the largest.
int cfv_can_split_dense(const float *weights, long width, long lines);

// Splits a line where it is; `copy` has room for it.
void cfv_split_dense(float *line, long width, float *copy);

// The weights first ..< last of a split line, multiples of 128.
void cfv_join_dense(const float *line, long width, long first, long last, float *weights);

// Products of one row with split weights. Where limits are given, any sum that is surely below its line's limit may be
// another one below it: such lines are read in part.
void cfv_dense_split_multiply(const float *input, const float *weights, const float *limits, long width, long lines,
                              long first, long last, float *output, int *open);
// `first` and `last` are multiples of 128.
void cfv_dense_split_combine(const float *shares, const float *weights, long width, long lines, long first, long last,
                             float *output, int accumulating, int *open);

// Products of several rows.
void cfv_dense_split_multiply_rows(const float *input, long rows, const float *weights, long width, long lines,
                                   long first, long last, const float *gates, float *output, int accumulating,
                                   int *open);
void cfv_dense_split_combine_rows(const float *shares, long rows, const float *weights, long width, long lines,
                                  long first, long last, float *output, int accumulating, int *open);

#endif
