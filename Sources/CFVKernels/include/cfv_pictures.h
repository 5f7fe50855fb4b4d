#ifndef CFV_PICTURES_H
#define CFV_PICTURES_H

// values[p][c] = pixels[p][c] · scale[c] + offset[c]; with `reverse`, channel c is written to channels − 1 − c.
void cfv_map_pixels(const float *pixels, float *values, long count, long channels, const float *scale,
                    const float *offset, int reverse);

// Its adjoint, written or, accumulating, added:
// gradient[p][c] = scale[c] · values_gradient[p][c or channels − 1 − c].
void cfv_pull_back_pixels(const float *values_gradient, float *gradient, long count, long channels,
                          const float *scale, int reverse, int accumulating);

// picture[p][i] = σ(Σ_c matrix[i][c] · planes[c · plane_step + p]); without a matrix each channel is its plane's.
void cfv_mix_planes(const float *planes, long plane_step, const float *matrix, float *picture, long count,
                    long channels);

// Its pullback, given the picture: planes[c · plane_step + p] = Σ_i matrix[i][c] · s · (1 − s) · gradient[p][i].
// Without a picture, s · (1 − s) is left out.
void cfv_pull_back_mix_planes(const float *gradient, const float *picture, const float *matrix, float *planes,
                              long plane_step, long count, long channels);

#endif
