#ifndef CFV_SAMPLING_H
#define CFV_SAMPLING_H

// Bilinear sampling of a picture of height × width × channels. The pixel (y, x) of the output is taken at
// (m[0] · y′ + m[1] · x′ + m[2], m[3] · y′ + m[4] · x′ + m[5]) of the picture, where y′ = y + top and x′ = x + left.
// Beyond the edge lies the edge itself (clamping) or `fill`.
typedef struct {
  long height, width, channels;
  long out_height, out_width;
  long top, left;
  float m[6];
  int clamping;
  float fill;
} cfv_sampling;

// Samples the rows first ..< last of the output.
void cfv_sample(const cfv_sampling *sampling, const float *picture, long first, long last, float *output);

// Its adjoint: adds to the rows first ..< last of the picture's gradient, CFV_SAMPLING_ROWS at most. `scratch` has
// room for cfv_sampling_scratch numbers and is aligned to 64 bytes.
enum { CFV_SAMPLING_ROWS = 8 };
long cfv_sampling_scratch(const cfv_sampling *sampling);
void cfv_pull_back_sample(const cfv_sampling *sampling, const float *output_gradient, long first, long last,
                          float *gradient, float *scratch);

// One axis of a picture blended: cell o of the output is the sum of weights[s] · input cell cells[s] over the
// shares o · shares ≤ s < (o + 1) · shares.
typedef struct {
  long shares;
  const int *cells;
  const float *weights;
} cfv_blend;

// Blends both axes of a picture of `width` columns: writes, or accumulating adds, the rows first ..< last of the
// output. `scratch` has room for width · channels + 16 numbers.
void cfv_blend_picture(const cfv_blend *rows, const cfv_blend *columns, const float *picture, long width,
                       long channels, long out_width, long first, long last, float *output, int accumulating,
                       float *scratch);

#endif
