// Between planes of numbers in memory and sixteen sequences side by side.
#include <stddef.h>

#include "block_transposition.h"
#include "cfv_fourier.h"
#include "lanes.h"
#include "multiversion.h"

CFV_MULTIVERSION
void cfv_fourier_load_rows(const float *from, long step, long lanes, long count, float *to) {
  const Lanes none = {0};
  for (long i = 0; i < count; i += 16) {
    Wide block[16];
    for (int lane = 0; lane < 16; lane++)
      block[lane] = lane < lanes ? *(const UnalignedLanes *)(from + lane * step + i) : none;
    transpose_block(block);
    for (int row = 0; row < 16; row++) ((Lanes *)to)[i + row] = block[row];
  }
}

CFV_MULTIVERSION
void cfv_fourier_store_rows(const float *from, long lanes, long count, float *to, long step) {
  for (long i = 0; i < count; i += 16) {
    Wide block[16];
    for (int row = 0; row < 16; row++) block[row] = ((const Lanes *)from)[i + row];
    transpose_block(block);
    for (int lane = 0; lane < 16; lane++)
      if (lane < lanes) *(UnalignedLanes *)(to + lane * step + i) = block[lane];
  }
}

CFV_MULTIVERSION
void cfv_fourier_load_columns(const float *from, long step, const float *gains, long gain_step, long lanes,
                              long count, float *to) {
  if (lanes == 16 && gains == NULL)
    for (long i = 0; i < count; i++) ((Lanes *)to)[i] = *(const UnalignedLanes *)(from + i * step);
  else if (lanes == 16)
    for (long i = 0; i < count; i++)
      ((Lanes *)to)[i] = *(const UnalignedLanes *)(from + i * step) * *(const UnalignedLanes *)(gains + i * gain_step);
  else
    for (long i = 0; i < count; i++)
      for (long lane = 0; lane < 16; lane++)
        to[16 * i + lane] =
            lane < lanes ? from[i * step + lane] * (gains == NULL ? 1 : gains[i * gain_step + lane]) : 0;
}

CFV_MULTIVERSION
void cfv_fourier_store_columns(const float *from, const float *gains, long gain_step, long lanes, long count,
                               float *to, long step) {
  if (lanes == 16 && gains == NULL)
    for (long i = 0; i < count; i++) *(UnalignedLanes *)(to + i * step) = ((const Lanes *)from)[i];
  else if (lanes == 16)
    for (long i = 0; i < count; i++)
      *(UnalignedLanes *)(to + i * step) = ((const Lanes *)from)[i] * *(const UnalignedLanes *)(gains + i * gain_step);
  else
    for (long i = 0; i < count; i++)
      for (long lane = 0; lane < lanes; lane++)
        to[i * step + lane] = from[16 * i + lane] * (gains == NULL ? 1 : gains[i * gain_step + lane]);
}

// A real sequence's spectrum has real numbers at 0 and, of an even width, in the middle.
CFV_MULTIVERSION
void cfv_fourier_join(long width, const float *a_re, const float *a_im, const float *b_re, const float *b_im,
                      float *re, float *im) {
  const Lanes *ar = (const Lanes *)a_re, *ai = (const Lanes *)a_im;
  const Lanes *br = (const Lanes *)b_re, *bi = (const Lanes *)b_im;
  Lanes *zr = (Lanes *)re, *zi = (Lanes *)im;
  zr[0] = ar[0], zi[0] = br[0];
  for (long k = 1; 2 * k < width; k++) {
    zr[k] = ar[k] - bi[k], zi[k] = ai[k] + br[k];
    zr[width - k] = ar[k] + bi[k], zi[width - k] = br[k] - ai[k];
  }
  if (width % 2 == 0) zr[width / 2] = ar[width / 2], zi[width / 2] = br[width / 2];
}

CFV_MULTIVERSION
void cfv_fourier_split(long width, const float *re, const float *im, float *a_re, float *a_im, float *b_re,
                       float *b_im) {
  const Lanes *zr = (const Lanes *)re, *zi = (const Lanes *)im, none = {0};
  Lanes *ar = (Lanes *)a_re, *ai = (Lanes *)a_im, *br = (Lanes *)b_re, *bi = (Lanes *)b_im;
  ar[0] = zr[0], ai[0] = none, br[0] = zi[0], bi[0] = none;
  for (long k = 1; 2 * k < width; k++) {
    const long mirror = width - k;
    ar[k] = zr[k] + zr[mirror], ai[k] = zi[k] - zi[mirror];
    br[k] = zi[k] + zi[mirror], bi[k] = zr[mirror] - zr[k];
  }
  if (width % 2 == 0) {
    const long middle = width / 2;
    ar[middle] = zr[middle], ai[middle] = none, br[middle] = zi[middle], bi[middle] = none;
  }
}
