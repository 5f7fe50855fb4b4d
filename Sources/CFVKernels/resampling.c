#include "cfv_resampling.h"

#include "multiversion.h"

CFV_MULTIVERSION
void cfv_resample(const cfv_resampling *axis, const float *input, float *output, long step, long columns) {
  for (long o = 0; o < axis->output; o++, output += step) {
    const int first = axis->starts[o], last = axis->starts[o + 1];
    if (first == last)
      for (long c = 0; c < columns; c++) output[c] = axis->outside;
    for (int s = first; s < last; s++) {
      const float weight = axis->weights[s];
      const float *cell = input + axis->cells[s] * step;
      if (s == first)
        for (long c = 0; c < columns; c++) output[c] = weight * cell[c];
      else
        for (long c = 0; c < columns; c++) output[c] += weight * cell[c];
    }
  }
}

CFV_MULTIVERSION
void cfv_pull_back_resample(const cfv_resampling *axis, const float *output_gradient, float *gradient,
                            long step, long columns, int accumulating) {
  if (!accumulating)
    for (long i = 0; i < axis->input; i++)
      for (long c = 0; c < columns; c++) gradient[i * step + c] = 0;
  for (long o = 0; o < axis->output; o++, output_gradient += step)
    for (int s = axis->starts[o]; s < axis->starts[o + 1]; s++) {
      const float weight = axis->weights[s];
      float *cell = gradient + axis->cells[s] * step;
      for (long c = 0; c < columns; c++) cell[c] += weight * output_gradient[c];
    }
}
