#include "cfv_fourier.h"

#include "lanes.h"
#include "multiversion.h"

enum { LARGEST_HALF = CFV_FOURIER_LARGEST_RADIX / 2 };

// Writes w · (re + i·im); the last stage has no twiddles.
CFV_INLINE void store_twiddled(Lanes re, Lanes im, const float *w, int twiddled, Lanes *to_re, Lanes *to_im) {
  if (twiddled) {
    *to_re = re * w[0] - im * w[1];
    *to_im = im * w[0] + re * w[1];
  } else {
    *to_re = re;
    *to_im = im;
  }
}

CFV_INLINE void butterfly_2(const Lanes *re, const Lanes *im, long step, const float *w, int twiddled,
                            Lanes *to_re, Lanes *to_im, long stride) {
  to_re[0] = re[0] + re[step];
  to_im[0] = im[0] + im[step];
  store_twiddled(re[0] - re[step], im[0] - im[step], w, twiddled, to_re + stride, to_im + stride);
}

CFV_INLINE void butterfly_4(const Lanes *re, const Lanes *im, long step, const float *w, int twiddled,
                            Lanes *to_re, Lanes *to_im, long stride) {
  const Lanes even_re = re[0] + re[2 * step], even_im = im[0] + im[2 * step];
  const Lanes odd_re = re[step] + re[3 * step], odd_im = im[step] + im[3 * step];
  const Lanes x = re[0] - re[2 * step], y = im[0] - im[2 * step];
  const Lanes u = re[step] - re[3 * step], v = im[step] - im[3 * step];
  to_re[0] = even_re + odd_re;
  to_im[0] = even_im + odd_im;
  store_twiddled(x + v, y - u, w, twiddled, to_re + stride, to_im + stride);
  store_twiddled(even_re - odd_re, even_im - odd_im, w + 2, twiddled, to_re + 2 * stride, to_im + 2 * stride);
  store_twiddled(x - v, y + u, w + 4, twiddled, to_re + 3 * stride, to_im + 3 * stride);
}

// An odd radix by definition, elements j and radix − j taken together: their cosines agree, their sines are opposite.
CFV_INLINE void butterfly_odd(const int radix, const float *roots, const Lanes *re, const Lanes *im, long step,
                              const float *w, int twiddled, Lanes *to_re, Lanes *to_im, long stride) {
  const int half = radix / 2;
  Lanes sum_re[LARGEST_HALF], sum_im[LARGEST_HALF], difference_re[LARGEST_HALF], difference_im[LARGEST_HALF];
  const Lanes first_re = re[0], first_im = im[0];
  Lanes total_re = first_re, total_im = first_im;
  for (int j = 0; j < half; j++) {
    const Lanes a = re[(j + 1) * step], b = re[(radix - 1 - j) * step];
    const Lanes c = im[(j + 1) * step], d = im[(radix - 1 - j) * step];
    sum_re[j] = a + b, difference_re[j] = a - b;
    sum_im[j] = c + d, difference_im[j] = c - d;
    total_re += sum_re[j];
    total_im += sum_im[j];
  }
  to_re[0] = total_re;
  to_im[0] = total_im;
  for (int k = 1; k <= half; k++) {
    Lanes even_re = first_re, even_im = first_im, odd_re = {0}, odd_im = {0};
    int root = 0;
    for (int j = 0; j < half; j++) {
      root = root + k < radix ? root + k : root + k - radix;
      const float c = roots[2 * root], s = roots[2 * root + 1];
      even_re += c * sum_re[j];
      even_im += c * sum_im[j];
      odd_re += s * difference_im[j];
      odd_im += s * difference_re[j];
    }
    const int mirror = radix - k;
    store_twiddled(even_re + odd_re, even_im - odd_im, w + 2 * (k - 1), twiddled, to_re + k * stride,
                   to_im + k * stride);
    store_twiddled(even_re - odd_re, even_im + odd_im, w + 2 * (mirror - 1), twiddled, to_re + mirror * stride,
                   to_im + mirror * stride);
  }
}

CFV_INLINE void stage(const int radix, const int twiddled, long parts, long stride, const float *roots,
                      const float *twiddles, const Lanes *re, const Lanes *im, Lanes *to_re, Lanes *to_im) {
  const long step = parts * stride;
  for (long p = 0; p < parts; p++) {
    const float *w = twiddles + p * 2 * (radix - 1);
    for (long q = 0; q < stride; q++) {
      const long from = q + stride * p, to = q + stride * radix * p;
      if (radix == 2)
        butterfly_2(re + from, im + from, step, w, twiddled, to_re + to, to_im + to, stride);
      else if (radix == 4)
        butterfly_4(re + from, im + from, step, w, twiddled, to_re + to, to_im + to, stride);
      else
        butterfly_odd(radix, roots, re + from, im + from, step, w, twiddled, to_re + to, to_im + to, stride);
    }
  }
}

// A radix that is known when this is compiled has its loops unrolled.
#define STAGE(radix, twiddled) \
  stage(radix, twiddled, parts, stride, roots, twiddles, (const Lanes *)re, (const Lanes *)im, (Lanes *)to_re, \
        (Lanes *)to_im)

CFV_MULTIVERSION
void cfv_fourier_stage(long radix, long parts, long stride, const float *roots, const float *twiddles,
                       const float *re, const float *im, float *to_re, float *to_im) {
  if (parts == 1) switch (radix) {
    case 2: STAGE(2, 0); return;
    case 3: STAGE(3, 0); return;
    case 4: STAGE(4, 0); return;
    case 5: STAGE(5, 0); return;
    case 7: STAGE(7, 0); return;
    default: STAGE((int)radix, 0); return;
  }
  switch (radix) {
    case 2: STAGE(2, 1); return;
    case 3: STAGE(3, 1); return;
    case 4: STAGE(4, 1); return;
    case 5: STAGE(5, 1); return;
    case 7: STAGE(7, 1); return;
    default: STAGE((int)radix, 1); return;
  }
}

CFV_MULTIVERSION
void cfv_fourier_multiply(const float *factors, long count, const float *re, const float *im, float *to_re,
                          float *to_im) {
  for (long i = 0; i < count; i++) {
    const float c = factors[2 * i], s = factors[2 * i + 1];
    const Lanes x = ((const Lanes *)re)[i], y = ((const Lanes *)im)[i];
    ((Lanes *)to_re)[i] = x * c - y * s;
    ((Lanes *)to_im)[i] = y * c + x * s;
  }
}
