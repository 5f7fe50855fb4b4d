#ifndef CFV_QUANTIZATION_H
#define CFV_QUANTIZATION_H

// How real numbers are written as integers: q = round(x / step) + zero, halves to the even one, within low … high. Steps
// and zeros repeat after `period` elements of a value; `first` is the place in it of the first element at hand.
typedef struct {
  const float *steps;
  const float *zeros;
  long period;
  float low, high;
} cfv_quantization;

// y = (q − zero) · step, which is x rounded, or q itself. `open` (NULL for none) takes 0 where q had to be clipped, and 1
// elsewhere.
void cfv_quantize(const cfv_quantization *grid, int writes_integers, const float *x, float *y, unsigned char *open,
                  long first, long count);

// y = (q − zero) · step.
void cfv_dequantize(const cfv_quantization *grid, const float *q, float *y, long first, long count);

// result = gradient · factor where it is open, and 0 elsewhere; accumulating, it is added. The factor is step, 1 / step or
// 1. `open` may be NULL.
typedef enum { CFV_BY_ONE, CFV_BY_STEP, CFV_BY_INVERSE_STEP } cfv_quantization_slope;
void cfv_pull_back_quantization(const cfv_quantization *grid, cfv_quantization_slope slope, const float *gradient,
                                const unsigned char *open, float *result, long first, long count, int accumulating);

// Widens low … high to hold `count` numbers.
void cfv_extend_range(const float *x, long count, float *low, float *high);

#endif
