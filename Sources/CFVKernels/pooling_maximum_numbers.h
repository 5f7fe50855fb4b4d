// The pooling of maxima, included once for each type in which the winners' numbers are kept: NUMBER, its vectors
// VECTOR(n), and NAMED(function).

CFV_INLINE void NAMED(maximum)(const float *corner, long row_step, long column_step, WindowCells rows,
                         WindowCells columns, long kernel_width, float *output, NUMBER *winners,
                         long count) {
  long c = 0;
  MAXIMUM_STRETCHES(16, Float16, Int16, VECTOR(16))
  MAXIMUM_STRETCHES(4, Float4, Int4, VECTOR(4))
  MAXIMUM_STRETCHES(1, Float1, Int1, VECTOR(1))
}

CFV_MULTIVERSION
void NAMED(cfv_pool_maximum)(const cfv_window *w, const float *image, long first, long last,
                               long channel, long count, float *output, long output_step,
                               NUMBER *winners) {
  const long row_step = w->dilation_height * w->width * w->channels;
  const long column_step = w->dilation_width * w->channels;
  for (long oy = first; oy < last; oy++) {
    const long top = oy * w->stride_height - w->padding_top;
    const WindowCells rows = cells_inside(top, w->dilation_height, w->height, w->kernel_height);
    for (long ox = 0; ox < w->out_width; ox++) {
      const long left = ox * w->stride_width - w->padding_left;
      const WindowCells columns = cells_inside(left, w->dilation_width, w->width, w->kernel_width);
      const long position = oy * w->out_width + ox;
      float *best = output + position * output_step + channel;
      NUMBER *winner = winners + position * w->channels + channel;
      if (rows.first >= rows.last || columns.first >= columns.last) {
        for (long c = 0; c < count; c++) best[c] = -INFINITY;
        for (long c = 0; c < count; c++) winner[c] = (NUMBER)-1;
        continue;
      }
      const float *corner = image + channel +
                            ((top + rows.first * w->dilation_height) * w->width + left +
                             columns.first * w->dilation_width) *
                                w->channels;
      const long height = rows.last - rows.first, width = columns.last - columns.first;
      const WindowCells two = {0, 2}, three = {0, 3};
      if (height == 3 && width == 3 && w->kernel_height == 3 && w->kernel_width == 3)
        NAMED(maximum)(corner, row_step, column_step, three, three, 3, best, winner, count);
      else if (height == 2 && width == 2 && w->kernel_height == 2 && w->kernel_width == 2)
        NAMED(maximum)(corner, row_step, column_step, two, two, 2, best, winner, count);
      else
        NAMED(maximum)(corner, row_step, column_step, rows, columns, w->kernel_width, best,
                         winner, count);
    }
  }
}

CFV_INLINE void NAMED(gather)(const cfv_window *w, const float *output_gradient, long step, const NUMBER *numbers,
                          CoveringWindows rows, CoveringWindows columns, long row_count,
                          long column_count, float *target, long count, int accumulating) {
  const long first = rows.first * w->out_width + columns.first, channels = w->channels;
  const long row_step = rows.step * w->out_width;
  const int row_cells = (int)(rows.cell_step * w->kernel_width), column_cells = (int)columns.cell_step;
  const int first_cell = (int)(rows.cell * w->kernel_width + columns.cell);
  const float *gradients = output_gradient + first * step;
  const NUMBER *winners = numbers + first * channels;
  long c = 0;
  GATHER_STRETCHES(16, Float16, Int16, VECTOR(16))
  GATHER_STRETCHES(4, Float4, Int4, VECTOR(4))
  GATHER_STRETCHES(1, Float1, Int1, VECTOR(1))
}

CFV_MULTIVERSION
void NAMED(cfv_pull_back_pool_maximum)(const cfv_window *w, const float *output_gradient,
                                         long output_step, const NUMBER *winners, long first,
                                         long last, long channel, long count, float *gradient,
                                         int accumulating) {
  const float *g = output_gradient + channel;
  const NUMBER *win = winners + channel;
  for (long y = first; y < last; y++) {
    const CoveringWindows rows = windows_over(y, w->padding_top, w->stride_height,
                                              w->dilation_height, w->kernel_height, w->out_height);
    for (long x = 0; x < w->width; x++) {
      const CoveringWindows columns =
          windows_over(x, w->padding_left, w->stride_width, w->dilation_width, w->kernel_width,
                       w->out_width);
      float *target = gradient + (y * w->width + x) * w->channels + channel;
      /* Counts that are known are unrolled. */
      const long shape = rows.count * 4 + columns.count;
      if (rows.count > 3 || columns.count > 3)
        NAMED(gather)(w, g, output_step, win, rows, columns, rows.count, columns.count, target,
                        count, accumulating);
      else if (shape == 5)
        NAMED(gather)(w, g, output_step, win, rows, columns, 1, 1, target, count, accumulating);
      else if (shape == 6)
        NAMED(gather)(w, g, output_step, win, rows, columns, 1, 2, target, count, accumulating);
      else if (shape == 9)
        NAMED(gather)(w, g, output_step, win, rows, columns, 2, 1, target, count, accumulating);
      else if (shape == 10)
        NAMED(gather)(w, g, output_step, win, rows, columns, 2, 2, target, count, accumulating);
      else if (shape == 15)
        NAMED(gather)(w, g, output_step, win, rows, columns, 3, 3, target, count, accumulating);
      else
        NAMED(gather)(w, g, output_step, win, rows, columns, rows.count, columns.count, target,
                        count, accumulating);
    }
  }
}
