#include "cfv_products.h"
#include "gate.h"
#include "multiversion.h"

// Copies `count` floats past the gate, by whole vectors while `readable` floats lie ahead: what is too much in the
// target is written over later. They begin `offset` floats into the images, with `position`.
CFV_INLINE void gather(const cfv_gate_kind kind, const cfv_gate *gate, const float *images, long offset, long position,
                       long count, long readable, float *target) {
  for (long k = 0; k < count; k += CFV_LANES) {
    const long length = readable - k >= CFV_LANES ? CFV_LANES : count - k;
    Wide x;
    load_wide(&x, images + offset + k, length);
    pass_gate(kind, gate, offset + k, position, k, length, &x);
    *(Wide *)(target + k) = x;
  }
}

CFV_INLINE void clear(float *target, long count) {
  for (long k = 0; k < count; k++) target[k] = 0;
}

// One window of the image that begins with position `first`, as a row of floats. Behind `end` floats nothing is read.
CFV_INLINE void gather_window(const cfv_window *w, const cfv_gate_kind kind, const cfv_gate *gate, const float *images,
                              long step, long first, long top, long left, long end, float *row) {
  const long channels = w->channels, run = w->kernel_width * channels;
  // A whole kernel row is one stretch of memory when nothing is left out of it; so are its bits if words are full.
  const int whole = step == channels && w->dilation_width == 1 && left >= 0 && left + w->kernel_width <= w->width &&
                    (kind != CFV_GATE_BITS || channels % CFV_LANES == 0);
  for (long i = 0; i < w->kernel_height; i++, row += run) {
    const long y = top + i * w->dilation_height;
    if (y < 0 || y >= w->height) {
      clear(row, run);
      continue;
    }
    const long start = first + y * w->width;
    if (whole) {
      const long offset = (start + left) * step;
      gather(kind, gate, images, offset, start + left, run, end - offset, row);
      continue;
    }
    for (long j = 0; j < w->kernel_width; j++) {
      const long x = left + j * w->dilation_width, offset = (start + x) * step;
      if (x < 0 || x >= w->width)
        clear(row + j * channels, channels);
      else
        gather(kind, gate, images, offset, start + x, channels, end - offset, row + j * channels);
    }
  }
}

CFV_INLINE void pack(const cfv_window *w, const cfv_gate_kind kind, const cfv_gate *gate, const float *images,
                     long step, long first, long last, float *row, float *packed) {
  const long positions = w->out_height * w->out_width, cells = w->height * w->width;
  const long inner = w->kernel_height * w->kernel_width * w->channels;
  // Behind the last image nothing may be read.
  const long end = ((last - 1) / positions + 1) * cells * step - (step - w->channels);
  for (long position = first; position < last; position++) {
    const long image = position / positions, cell = position % positions;
    const long top = cell / w->out_width * w->stride_height - w->padding_top;
    const long left = cell % w->out_width * w->stride_width - w->padding_left;
    gather_window(w, kind, gate, images, step, image * cells, top, left, end, row);
    float *target = packed + cfv_packed_row_offset(position - first, inner);
    for (long k = 0; k < inner; k += CFV_TILE_DEPTH, target += CFV_TILE_ROWS * CFV_TILE_DEPTH)
      *(Wide *)target = *(const Wide *)(row + k);
  }
}

CFV_MULTIVERSION CFV_WIDE void cfv_pack_windows(const cfv_window *w, const cfv_gate *gate, const float *images,
                                                long step, long first, long last, float *row, float *packed) {
  FOR_GATE(gate, pack(w, KIND, gate, images, step, first, last, row, packed))
}
