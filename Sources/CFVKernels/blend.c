#include <stddef.h>

#include "cfv_sampling.h"
#include "multiversion.h"
#include "picture_cells.h"

CFV_INLINE void blend_row(const cfv_blend *columns, const float *line, long out_width, float *output,
                          int accumulating, const long shares, const long channels) {
  for (long x = 0; x < out_width; x++, output += channels) {
    const int *cells = columns->cells + x * shares;
    const float *weights = columns->weights + x * shares;
    if (channels == 3) {
      Cell sum = weights[0] * load_cell(line + 3 * cells[0]);
      for (long s = 1; s < shares; s++) sum += weights[s] * load_cell(line + 3 * cells[s]);
      if (accumulating) sum += load_three(output);
      store_three(sum, output);
    } else {
      for (long c = 0; c < channels; c++) {
        float sum = accumulating ? output[c] : 0;
        for (long s = 0; s < shares; s++) sum += weights[s] * line[cells[s] * channels + c];
        output[c] = sum;
      }
    }
  }
}

CFV_MULTIVERSION
void cfv_blend_picture(const cfv_blend *rows, const cfv_blend *columns, const float *picture, long width,
                       long channels, long out_width, long first, long last, float *output, int accumulating,
                       float *scratch) {
  const long count = width * channels;
  for (long c = 0; c < 16; c++) scratch[count + c] = 0;
  for (long y = first; y < last; y++) {
    const int *cells = rows->cells + y * rows->shares;
    const float *weights = rows->weights + y * rows->shares;
    const float *a = picture + cells[0] * count;
    for (long i = 0; i < count; i++) scratch[i] = weights[0] * a[i];
    for (long s = 1; s < rows->shares; s++) {
      if (weights[s] == 0) continue;
      const float *b = picture + cells[s] * count;
      for (long i = 0; i < count; i++) scratch[i] += weights[s] * b[i];
    }
    float *target = output + y * out_width * channels;
    if (channels == 3 && columns->shares == 2)
      blend_row(columns, scratch, out_width, target, accumulating, 2, 3);
    else if (channels == 3 && columns->shares == 3)
      blend_row(columns, scratch, out_width, target, accumulating, 3, 3);
    else if (channels == 3)
      blend_row(columns, scratch, out_width, target, accumulating, columns->shares, 3);
    else
      blend_row(columns, scratch, out_width, target, accumulating, columns->shares, channels);
  }
}
