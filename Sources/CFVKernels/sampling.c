#include "cfv_sampling.h"

#include <math.h>
#include <string.h>

#include "multiversion.h"
#include "picture_cells.h"

// Coordinates are worked out for so many pixels of a row at once.
enum { BLOCK = 64 };

typedef struct {
  int y[BLOCK], x[BLOCK];            // the upper left one of four neighbours
  float wy[BLOCK], wx[BLOCK];        // the share of the lower and of the right ones
} Places;

CFV_INLINE void find_places(const cfv_sampling *s, long oy, long first, long count, Places *places) {
  const float row = (float)(oy + s->top);
  // Far outside is as good as just outside, and fits an int.
  const float low = s->clamping ? 0 : -2, beyond = s->clamping ? -1 : 1;
  const float high_y = s->height + beyond, high_x = s->width + beyond;
  for (long i = 0; i < count; i++) {
    const float column = (float)(int)(first + i + s->left);
    float y = s->m[0] * row + s->m[1] * column + s->m[2], x = s->m[3] * row + s->m[4] * column + s->m[5];
    y = y > low ? y : low, x = x > low ? x : low;
    y = y < high_y ? y : high_y, x = x < high_x ? x : high_x;
    // Rounded towards 0, then down.
    int fy = (int)y, fx = (int)x;
    fy -= (float)fy > y, fx -= (float)fx > x;
    places->y[i] = fy, places->x[i] = fx;
    places->wy[i] = y - fy, places->wx[i] = x - fx;
  }
}

// Where some neighbours may be outside.
CFV_INLINE void sample_edge(const cfv_sampling *s, const float *picture, long y, long x, float wy, float wx,
                            float *output) {
  const long channels = s->channels;
  for (long c = 0; c < channels; c++) {
    float values[2][2];
    for (int i = 0; i < 2; i++)
      for (int j = 0; j < 2; j++) {
        const int inside = y + i >= 0 && y + i < s->height && x + j >= 0 && x + j < s->width;
        values[i][j] = inside ? picture[((y + i) * s->width + x + j) * channels + c] : s->fill;
      }
    // In this form a neighbour of no weight does not count, and a flat picture stays as it is.
    const float upper = values[0][0] + (wx == 0 ? 0 : wx * (values[0][1] - values[0][0]));
    const float lower = values[1][0] + (wx == 0 ? 0 : wx * (values[1][1] - values[1][0]));
    output[c] = upper + (wy == 0 ? 0 : wy * (lower - upper));
  }
}

CFV_INLINE void sample(const cfv_sampling *s, const float *picture, long first, long last, float *output,
                       const long channels) {
  const long row = s->width * channels;
  Places p;
  for (long oy = first; oy < last; oy++)
    for (long start = 0; start < s->out_width; start += BLOCK) {
      const long count = s->out_width - start < BLOCK ? s->out_width - start : BLOCK;
      float *target = output + (oy * s->out_width + start) * channels;
      find_places(s, oy, start, count, &p);
      for (long i = 0; i < count; i++, target += channels) {
        const long y = p.y[i], x = p.x[i];
        // The last pixel of the last row would be read beyond its end.
        if (y < 0 || x < 0 || y + 1 >= s->height || x + 2 >= s->width) {
          sample_edge(s, picture, y, x, p.wy[i], p.wx[i], target);
          continue;
        }
        const float *cell = picture + y * row + x * channels;
        if (channels == 3) {
          const Cell a = load_cell(cell), b = load_cell(cell + 3);
          const Cell c = load_cell(cell + row), d = load_cell(cell + row + 3);
          const Cell upper = a + p.wx[i] * (b - a), lower = c + p.wx[i] * (d - c);
          store_three(upper + p.wy[i] * (lower - upper), target);
        } else {
          for (long c = 0; c < channels; c++) {
            const float *v = cell + c;
            const float upper = v[0] + p.wx[i] * (v[channels] - v[0]);
            const float lower = v[row] + p.wx[i] * (v[row + channels] - v[row]);
            target[c] = upper + p.wy[i] * (lower - upper);
          }
        }
      }
    }
}

CFV_MULTIVERSION
void cfv_sample(const cfv_sampling *s, const float *picture, long first, long last, float *output) {
  if (s->channels == 3)
    sample(s, picture, first, last, output, 3);
  else
    sample(s, picture, first, last, output, s->channels);
}

// The adjoint gathers a few rows of the gradient at a time, in cells that are a power of two apart, with a cell more
// on every side: there, what falls outside or on other rows lands and is left. Columns that are even and odd go one
// after the other, so that a cell is not read while it is still on its way to memory.

CFV_INLINE long cell_step(long channels) { return channels == 3 ? 4 : channels; }

long cfv_sampling_scratch(const cfv_sampling *s) {
  return (CFV_SAMPLING_ROWS + 2) * (s->width + 2) * cell_step(s->channels);
}

// Narrows low ..< high to the t at which a · t + b may lie in from … to.
static void narrow(float a, float b, float from, float to, long *low, long *high) {
  if (fabsf(a) < 1e-6f) {
    if (b < from - 1 || b > to + 1) *high = *low;
    return;
  }
  const float p = (from - b) / a, q = (to - b) / a;
  const float start = floorf(p < q ? p : q) - 1, end = ceilf(p < q ? q : p) + 2;
  if (start > *low) *low = start < *high ? (long)start : *high;
  if (end < *high) *high = end > *low ? (long)end : *low;
}

CFV_INLINE void pull_back(const cfv_sampling *s, const float *output_gradient, long first, long last, float *gradient,
                          float *scratch, const long channels) {
  const long cell = cell_step(channels), row = (s->width + 2) * cell, rows = last - first;
  memset(scratch, 0, sizeof(float) * (rows + 2) * row);
  // Clamping moves what lies outside to the edge.
  const int upper_edge = s->clamping && first == 0, lower_edge = s->clamping && last == s->height;
  const float from = upper_edge ? -INFINITY : first - 1, to = lower_edge ? INFINITY : last;
  Places p;
  for (long oy = 0; oy < s->out_height; oy++) {
    long low = 0, high = s->out_width;
    narrow(s->m[1], s->m[0] * (oy + s->top) + s->m[1] * s->left + s->m[2], from, to, &low, &high);
    for (; low < high; low += BLOCK) {
      const long count = high - low < BLOCK ? high - low : BLOCK;
      const float *g = output_gradient + (oy * s->out_width + low) * channels;
      find_places(s, oy, low, count, &p);
      for (long parity = 0; parity < 2; parity++)
        for (long i = parity; i < count; i += 2) {
          const long y = p.y[i] - first + 1, x = p.x[i] + 1;
          if (y < 0 || y > rows || x < 0 || x > s->width) continue;
          float *target = scratch + y * row + x * cell;
          const float lower = p.wy[i], upper = 1 - lower, right = p.wx[i], left = 1 - right;
          if (channels == 3) {
            const Cell value = i + 1 < count ? load_cell(g + 3 * i) : load_three(g + 3 * i);
            const Cell to_left = left * value, to_right = right * value;
            *(Cell *)target += upper * to_left;
            *(Cell *)(target + 4) += upper * to_right;
            *(Cell *)(target + row) += lower * to_left;
            *(Cell *)(target + row + 4) += lower * to_right;
          } else {
            for (long c = 0; c < channels; c++) {
              const float value = g[i * channels + c];
              target[c] += upper * left * value;
              target[cell + c] += upper * right * value;
              target[row + c] += lower * left * value;
              target[row + cell + c] += lower * right * value;
            }
          }
        }
    }
  }
  for (long y = 0; y < rows; y++) {
    float *target = gradient + (first + y) * s->width * channels;
    const float *sum = scratch + (y + 1) * row + cell;
    for (long x = 0; x < s->width; x++, target += channels, sum += cell) {
      if (channels == 3)
        store_three(load_three(target) + *(const Cell *)sum, target);
      else
        for (long c = 0; c < channels; c++) target[c] += sum[c];
    }
  }
}

CFV_MULTIVERSION
void cfv_pull_back_sample(const cfv_sampling *s, const float *output_gradient, long first, long last,
                          float *gradient, float *scratch) {
  if (s->channels == 3)
    pull_back(s, output_gradient, first, last, gradient, scratch, 3);
  else
    pull_back(s, output_gradient, first, last, gradient, scratch, s->channels);
}
