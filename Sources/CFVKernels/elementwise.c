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

CFV_MULTIVERSION
void cfv_multiply(const float *a, const float *b, float *target, long count, int accumulating) {
  if (accumulating)
    for (long i = 0; i < count; i++) target[i] += a[i] * b[i];
  else
    for (long i = 0; i < count; i++) target[i] = a[i] * b[i];
}
