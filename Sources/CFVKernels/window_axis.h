// Where windows lie along one axis of a map, said once for all that slides.
#ifndef CFV_WINDOW_AXIS_H
#define CFV_WINDOW_AXIS_H

// The cells first ..< last of a window that lie inside the map.
typedef struct {
  long first, last;
} WindowCells;

// Of the window that starts at `origin`, by division: a window may be far larger than the map.
static inline WindowCells cells_inside(long origin, long dilation, long extent, long kernel) {
  const long first = origin < 0 ? (-origin + dilation - 1) / dilation : 0;
  const long end = origin < extent ? (extent - origin - 1) / dilation + 1 : 0;
  return (WindowCells){first, end < kernel ? end : kernel};
}

// The windows that hold one position of the map: `count` of them from output `first` on, `step` apart. The
// position is cell `cell` of the first, and `cell_step` cells further to the front in each that follows.
typedef struct {
  long first, count, step;
  long cell, cell_step;
} CoveringWindows;

static inline CoveringWindows windows_over(long position, long padding, long stride, long dilation,
                                           long kernel, long outputs) {
  CoveringWindows result = {0, 0, 1, 0, stride};
  const long place = position + padding;
  const long reach = (kernel - 1) * dilation;
  const long first = place > reach ? (place - reach + stride - 1) / stride : 0;
  long last = place / stride;
  if (last >= outputs) last = outputs - 1;
  result.first = first;
  if (dilation > 1) {
    // Cells are `dilation` apart: only every so many windows have one here.
    long common = stride, rest = dilation;
    while (rest) {
      const long next = common % rest;
      common = rest;
      rest = next;
    }
    result.step = dilation / common;
    result.cell_step = stride / common;
    while (result.first <= last && (place - result.first * stride) % dilation) result.first++;
  }
  if (result.first > last) return result;
  result.count = (last - result.first) / result.step + 1;
  result.cell = (place - result.first * stride) / dilation;
  return result;
}

#endif
