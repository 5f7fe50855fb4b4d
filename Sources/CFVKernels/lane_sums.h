// Sums in an order that depends on the number of terms alone, and that vectorises.
#ifndef CFV_LANE_SUMS_H
#define CFV_LANE_SUMS_H

enum { LANES = 16 };

static inline float sum_of_lanes(float *lanes) {
  for (long width = LANES / 2; width > 0; width /= 2)
    for (long lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
  return lanes[0];
}

// result = Σ term over i in 0 ..< width.
#define LANE_SUM(result, width, term) \
  do { \
    float lanes[LANES] = {0}; \
    long first = 0; \
    for (; first + LANES <= (width); first += LANES) \
      for (long lane = 0; lane < LANES; lane++) { \
        const long i = first + lane; \
        lanes[lane] += (term); \
      } \
    for (long i = first; i < (width); i++) lanes[i - first] += (term); \
    result = sum_of_lanes(lanes); \
  } while (0)

static inline double sum_of_double_lanes(double *lanes) {
  for (long width = LANES / 2; width > 0; width /= 2)
    for (long lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
  return lanes[0];
}

// The same in double precision.
#define DOUBLE_LANE_SUM(result, width, term) \
  do { \
    double lanes[LANES] = {0}; \
    long first = 0; \
    for (; first + LANES <= (width); first += LANES) \
      for (long lane = 0; lane < LANES; lane++) { \
        const long i = first + lane; \
        lanes[lane] += (term); \
      } \
    for (long i = first; i < (width); i++) lanes[i - first] += (term); \
    result = sum_of_double_lanes(lanes); \
  } while (0)

#endif
