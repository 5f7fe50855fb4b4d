#include "cfv_elementwise.h"

#include <string.h>

#include "multiversion.h"

CFV_MULTIVERSION
void cfv_copy(const float *source, float *target, long count, int accumulating) {
  if (accumulating)
    for (long i = 0; i < count; i++) target[i] += source[i];
  else
    memcpy(target, source, sizeof(float) * count);
}

CFV_MULTIVERSION
void cfv_copy_rows(const float *source, long source_step, float *target, long target_step, long rows,
                   long columns, int accumulating) {
  for (long r = 0; r < rows; r++, source += source_step, target += target_step) {
    if (accumulating)
      for (long c = 0; c < columns; c++) target[c] += source[c];
    else if (columns < 16)
      for (long c = 0; c < columns; c++) target[c] = source[c];
    else
      memcpy(target, source, sizeof(float) * columns);
  }
}

enum { TILE = 16 };

void cfv_transpose(const float *source, long row_step, long column_step, float *target, long target_step,
                   long rows, long columns, int accumulating) {
  // A tile stays in the nearest cache, so that every line of source and target is touched once.
  float tile[TILE][TILE];
  for (long row = 0; row < rows; row += TILE) {
    const long height = rows - row < TILE ? rows - row : TILE;
    for (long column = 0; column < columns; column += TILE) {
      const long width = columns - column < TILE ? columns - column : TILE;
      const float *from = source + row * row_step + column * column_step;
      float *to = target + row * target_step + column;
      for (long c = 0; c < width; c++)
        for (long r = 0; r < height; r++) tile[r][c] = from[r * row_step + c * column_step];
      for (long r = 0; r < height; r++)
        if (accumulating)
          for (long c = 0; c < width; c++) to[r * target_step + c] += tile[r][c];
        else
          for (long c = 0; c < width; c++) to[r * target_step + c] = tile[r][c];
    }
  }
}

CFV_MULTIVERSION
void cfv_multiply(const float *a, const float *b, float *target, long count, int accumulating) {
  if (accumulating)
    for (long i = 0; i < count; i++) target[i] += a[i] * b[i];
  else
    for (long i = 0; i < count; i++) target[i] = a[i] * b[i];
}
