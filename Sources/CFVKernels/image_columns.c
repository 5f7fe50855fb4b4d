#include "cfv_convolution.h"

#include <string.h>

#include "multiversion.h"

void cfv_image_to_columns(const cfv_window *w, const float *images, long first, long last,
                          long channel, long count, float *columns) {
  const long positions = w->out_height * w->out_width;
  const long row_step = w->width * w->channels;
  // A whole kernel row is one stretch of memory when nothing is left out of it.
  const int dense = w->dilation_width == 1 && count == w->channels;
  for (long position = first; position < last; position++) {
    const long image = position / positions, cell = position % positions;
    const long top = cell / w->out_width * w->stride_height - w->padding_top;
    const long left = cell % w->out_width * w->stride_width - w->padding_left;
    const float *source = images + image * w->height * row_step;
    for (long i = 0; i < w->kernel_height; i++) {
      const long y = top + i * w->dilation_height;
      if (y < 0 || y >= w->height) {
        memset(columns, 0, sizeof(float) * w->kernel_width * count);
        columns += w->kernel_width * count;
        continue;
      }
      const float *row = source + y * row_step + channel;
      if (dense && left >= 0 && left + w->kernel_width <= w->width) {
        memcpy(columns, row + left * count, sizeof(float) * w->kernel_width * count);
        columns += w->kernel_width * count;
        continue;
      }
      for (long j = 0; j < w->kernel_width; j++) {
        const long x = left + j * w->dilation_width;
        if (x < 0 || x >= w->width)
          memset(columns, 0, sizeof(float) * count);
        else
          memcpy(columns, row + x * w->channels, sizeof(float) * count);
        columns += count;
      }
    }
  }
}

CFV_MULTIVERSION
void cfv_columns_to_image(const cfv_window *w, const float *columns, long first, long last,
                          long channel, long count, float *image) {
  const long row_step = w->width * w->channels;
  for (long position = first; position < last; position++) {
    const long top = position / w->out_width * w->stride_height - w->padding_top;
    const long left = position % w->out_width * w->stride_width - w->padding_left;
    for (long i = 0; i < w->kernel_height; i++) {
      const long y = top + i * w->dilation_height;
      if (y < 0 || y >= w->height) {
        columns += w->kernel_width * count;
        continue;
      }
      float *row = image + y * row_step + channel;
      for (long j = 0; j < w->kernel_width; j++) {
        const long x = left + j * w->dilation_width;
        if (x >= 0 && x < w->width) {
          float *cell = row + x * w->channels;
          for (long c = 0; c < count; c++) cell[c] += columns[c];
        }
        columns += count;
      }
    }
  }
}
