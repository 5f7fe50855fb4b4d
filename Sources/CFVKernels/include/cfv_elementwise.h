#ifndef CFV_ELEMENTWISE_H
#define CFV_ELEMENTWISE_H

// What follows a matrix product in the same pass: y = activation(y · scale + shift), channels innermost.
// `scale` and `shift` may be NULL. Slope is what negative values are multiplied by; values are clipped to
// low … high: ReLU is slope 1, low 0, high ∞; leaky ReLU is slope s, low −∞, high ∞.
typedef struct {
  const float *scale;
  const float *shift;
  float slope, low, high;
} cfv_epilogue;

// Applies it to `rows` rows of `columns` values, `step` apart; scale and shift start at the first column.
void cfv_apply_epilogue(const cfv_epilogue *epilogue, float *values, long rows, long columns, long step);

// Turns the gradient of the result into that of the matrix product, in place, from the result's values.
void cfv_pull_back_epilogue(const cfv_epilogue *epilogue, const float *values, float *gradient, long rows,
                            long columns, long step);

// target = source or, accumulating, target += source.
void cfv_copy(const float *source, float *target, long count, int accumulating);

// The same over `rows` rows of `columns` values; steps may be 0 or negative. Accumulating rows add one after
// another, so that they may share a target.
void cfv_copy_rows(const float *source, long source_step, float *target, long target_step, long rows,
                   long columns, int accumulating);

// The same for a matrix whose rows or columns lie side by side in the source and columns in the target:
// target[r · target_step + c] = source[r · row_step + c · column_step].
void cfv_transpose(const float *source, long row_step, long column_step, float *target, long target_step,
                   long rows, long columns, int accumulating);

// target = a · b or, accumulating, target += a · b.
void cfv_multiply(const float *a, const float *b, float *target, long count, int accumulating);

#endif
