#ifndef CFV_PHASES_H
#define CFV_PHASES_H

// Numbers of a spectrum from their phases: re + i·im = magnitude · e^(i·(phase − mean)·factor); with `shares`, which may be
// NULL, magnitudes are multiplied by σ(share).
void cfv_phase_spectrum(const float *phases, const float *shares, const float *magnitudes, long count, float mean,
                        float factor, float *re, float *im);

// Its pullback: the gradient of the angles (phase − mean)·factor and, with `shares`, that of the shares.
void cfv_pull_back_phase_spectrum(const float *re, const float *im, const float *re_gradient, const float *im_gradient,
                                  const float *shares, long count, float *angle_gradient, float *share_gradient);

// gradient = factor · (gradient − shift − slope · (x − mean)).
void cfv_pull_back_deviations(const float *x, long count, float mean, float factor, float shift, float slope,
                              float *gradient);

#endif
