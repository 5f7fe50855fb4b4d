#include "cfv_convolution.h"

#include <string.h>

#include "multiversion.h"
#include "wide_vector.h"
#include "window_axis.h"

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

CFV_INLINE void add_stretch(float *target, const float *source, long count) {
  for (; count >= CFV_LANES; count -= CFV_LANES, target += CFV_LANES, source += CFV_LANES)
    *(Wide *)target += *(const Wide *)source;
  for (; count >= 4; count -= 4, target += 4, source += 4) *(Float4 *)target += *(const Float4 *)source;
  for (; count > 0; count--) *target++ += *source++;
}

// Adds one window, of which the columns `cells` are inside the map.
CFV_INLINE void add_window(const cfv_window *w, const float *columns, long top, long left, WindowCells cells,
                           long count, float *image) {
  const long row_step = w->width * w->channels, cell_step = w->dilation_width * w->channels;
  // A whole kernel row is one stretch of memory when nothing is left out of it.
  const int dense = w->dilation_width == 1 && count == w->channels;
  for (long i = 0; i < w->kernel_height; i++, columns += w->kernel_width * count) {
    const long y = top + i * w->dilation_height;
    if (y < 0 || y >= w->height) continue;
    float *row = image + y * row_step + left * w->channels;
    if (dense && cells.first < cells.last)
      add_stretch(row + cells.first * count, columns + cells.first * count, (cells.last - cells.first) * count);
    else
      for (long j = cells.first; j < cells.last; j++) add_stretch(row + j * cell_step, columns + j * count, count);
  }
}

CFV_MULTIVERSION CFV_WIDE void cfv_columns_to_image(const cfv_window *w, const float *columns, long first, long last,
                                                    long channel, long count, float *image) {
  const long width = w->kernel_height * w->kernel_width * count;
  // Windows that overlap are not added one right after another: what was just written, but in other vectors, is
  // waited for.
  const long reach = (w->dilation_width * (w->kernel_width - 1) + w->stride_width) / w->stride_width;
  for (long turn = 0; turn < reach; turn++)
    for (long position = first + turn; position < last; position += reach) {
      const long top = position / w->out_width * w->stride_height - w->padding_top;
      const long left = position % w->out_width * w->stride_width - w->padding_left;
      const WindowCells cells = cells_inside(left, w->dilation_width, w->width, w->kernel_width);
      add_window(w, columns + (position - first) * width, top, left, cells, count, image + channel);
    }
}
