#ifndef CFV_NOISE_H
#define CFV_NOISE_H

#include <stdint.h>

// target = source + deviation · z for numbers `first` … `first + count − 1` of a sequence z of normal numbers, which the
// seed fixes. Any stretch that begins with an even number gives the same numbers as all of them at once.
void cfv_add_normal_noise(const float *source, float *target, long first, long count, float deviation, uint64_t seed);

#endif
