#ifndef CFV_RESAMPLING_H
#define CFV_RESAMPLING_H

// One axis resampled: output cell o is the sum of weights[s] · input cell cells[s] over the shares
// starts[o] ≤ s < starts[o + 1]; with no share at all it is `outside`.
typedef struct {
  long input, output;
  const int *starts, *cells;
  const float *weights;
  float outside;
} cfv_resampling;

// Resamples `columns` neighbouring elements of cells that are `step` apart.
void cfv_resample(const cfv_resampling *axis, const float *input, float *output, long step, long columns);

// The adjoint: writes, or accumulating adds, the gradient of the input.
void cfv_pull_back_resample(const cfv_resampling *axis, const float *output_gradient, float *gradient,
                            long step, long columns, int accumulating);

#endif
