#include "cfv_composite_activation.h"

#include "multiversion.h"
#include "vector_math.h"

static const float deviation = 0.67f, square_deviation = 0.6f;

CFV_MULTIVERSION
void cfv_composite_activation(const float *restrict u, long count, float *restrict first, float *restrict second) {
  for (long i = 0; i < count; i++) {
    const float angle = arc_tangent(u[i]);
    first[i] = angle / deviation;
    second[i] = angle * angle / square_deviation;
  }
}

CFV_MULTIVERSION
void cfv_pull_back_composite_activation(const float *restrict u, const float *restrict first, long count,
                                        float *restrict first_gradient, const float *restrict second_gradient) {
  for (long i = 0; i < count; i++) {
    const float angle = first[i] * deviation;
    const float gradient = first_gradient[i] / deviation + 2 * angle * second_gradient[i] / square_deviation;
    first_gradient[i] = gradient / (1 + u[i] * u[i]);
  }
}
