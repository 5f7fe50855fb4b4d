// Pixels of three channels in registers of four numbers.
#ifndef CFV_PICTURE_CELLS_H
#define CFV_PICTURE_CELLS_H

#include <string.h>

#include "lanes.h"

typedef float Cell __attribute__((vector_size(16), may_alias));
typedef float UnalignedCell __attribute__((vector_size(16), aligned(4), may_alias));

// Reads a fourth number that does not matter.
CFV_INLINE Cell load_cell(const float *pixel) { return *(const UnalignedCell *)pixel; }

CFV_INLINE Cell load_three(const float *pixel) { return (Cell){pixel[0], pixel[1], pixel[2], 0}; }

CFV_INLINE void store_three(Cell value, float *pixel) { memcpy(pixel, &value, 3 * sizeof(float)); }

#endif
