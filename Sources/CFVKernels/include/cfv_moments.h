#ifndef CFV_MOMENTS_H
#define CFV_MOMENTS_H

// The mean and the biased variance of each channel over `positions` rows of `channels` values.
void cfv_channel_moments(const float *x, long positions, long channels, float *mean, float *variance);

// gradient += shift_c + slope_c · (x − mean_c) for every channel c of `positions` rows.
void cfv_add_moment_gradient(const float *x, long positions, long channels, const float *mean, const float *shift,
                             const float *slope, float *gradient);

#endif
