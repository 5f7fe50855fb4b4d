#ifndef CFV_PICTURES_H
#define CFV_PICTURES_H

// values[p][c] = pixels[p][c] · scale[c] + offset[c]; with `reverse`, channel c is written to channels − 1 − c.
void cfv_map_pixels(const float *pixels, float *values, long count, long channels, const float *scale,
                    const float *offset, int reverse);

// Its adjoint: gradient[p][c] += scale[c] · values_gradient[p][c or channels − 1 − c].
void cfv_pull_back_pixels(const float *values_gradient, float *gradient, long count, long channels,
                          const float *scale, int reverse);

// picture[p][i] = Σ_c matrix[i][c] · planes[c][p].
void cfv_mix_planes(const float *planes, float *picture, long count, long channels, const float *matrix);

// Its adjoint: planes[c][p] = Σ_i matrix[i][c] · gradient[p][i].
void cfv_pull_back_mix_planes(const float *gradient, float *planes, long count, long channels,
                              const float *matrix);

// values = 1 / (1 + e^−values).
void cfv_sigmoid(float *values, long count);

// gradient = gradient · s · (1 − s), given the sigmoid's values s.
void cfv_pull_back_sigmoid(const float *values, float *gradient, long count);

// Bilinear sampling of a picture of height × width × channels. The pixel (y, x) of the output is taken at
// (m[0] · y + m[1] · x + m[2], m[3] · y + m[4] · x + m[5]) of the input. Beyond the edge lies the edge itself
// (clamping) or `fill`.
void cfv_sample(const float *picture, long height, long width, long channels, const float m[6],
                int clamping, float fill, float *output, long out_height, long out_width);

// Its adjoint: adds the output's gradient to the picture's.
void cfv_pull_back_sample(const float *output_gradient, long out_height, long out_width, long channels,
                          const float m[6], int clamping, float *gradient, long height, long width);

#endif
