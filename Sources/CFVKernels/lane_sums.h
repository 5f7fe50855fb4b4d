// Sums in an order that depends on the number of terms alone, and that vectorises.
#ifndef CFV_LANE_SUMS_H
#define CFV_LANE_SUMS_H

enum { LANES = 16 };

// result = Σ term over i in 0 ..< width, in sixteen sums that are halved in the end.
#define TYPED_LANE_SUM(type, result, width, term) \
  do { \
    type lanes[LANES] = {0}; \
    long first = 0; \
    for (; first + LANES <= (width); first += LANES) \
      for (long lane = 0; lane < LANES; lane++) { \
        const long i = first + lane; \
        lanes[lane] += (term); \
      } \
    for (long i = first; i < (width); i++) lanes[i - first] += (term); \
    for (long half = LANES / 2; half > 0; half /= 2) \
      for (long lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half]; \
    result = lanes[0]; \
  } while (0)

#define LANE_SUM(result, width, term) TYPED_LANE_SUM(float, result, width, term)
#define DOUBLE_LANE_SUM(result, width, term) TYPED_LANE_SUM(double, result, width, term)

#endif
