#ifndef CFV_COMPOSITE_ACTIVATION_H
#define CFV_COMPOSITE_ACTIVATION_H

// first = arctan u / 0.67, second = arctan² u / 0.6: both have a mean square of 1 where u is normal of deviation 1.
void cfv_composite_activation(const float *u, long count, float *first, float *second);

// Its pullback, given u and `first`, written over `first_gradient`.
void cfv_pull_back_composite_activation(const float *u, const float *first, long count, float *first_gradient,
                                        const float *second_gradient);

#endif
