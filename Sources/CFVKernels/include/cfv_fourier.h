#ifndef CFV_FOURIER_H
#define CFV_FOURIER_H

// Passes of a Fourier transform on sixteen sequences at once: `re` and `im` hold sixteen numbers, one of each
// sequence, for every place of the sequences, and are aligned to 64 bytes.

enum { CFV_FOURIER_LANES = 16, CFV_FOURIER_LARGEST_RADIX = 61 };

// A stage of Stockham's transform with e^−i: sequences of radix · parts · stride numbers.
// to[q + stride · (radix · p + k)] =
//     twiddles[p][k] · Σ_j e^(−2πi · j · k / radix) · from[q + stride · (p + parts · j)].
// `roots` are cosines and sines of 2π · j / radix by turns; `twiddles` are real and imaginary parts by turns, for k
// from 1 on. The radix is 4 or a prime up to CFV_FOURIER_LARGEST_RADIX.
void cfv_fourier_stage(long radix, long parts, long stride, const float *roots, const float *twiddles,
                       const float *re, const float *im, float *to_re, float *to_im);

// to[i] = factors[i] · from[i] for i < count; factors are real and imaginary parts by turns.
void cfv_fourier_multiply(const float *factors, long count, const float *re, const float *im, float *to_re,
                          float *to_im);

// to[i][lane] = from[lane · step + i] for i < count, rounded up to a multiple of 16, and back; lanes beyond `lanes`
// are 0, and are not written back.
void cfv_fourier_load_rows(const float *from, long step, long lanes, long count, float *to);
void cfv_fourier_store_rows(const float *from, long lanes, long count, float *to, long step);

// to[i][lane] = gains[i · gain_step + lane] · from[i · step + lane] for i < count, and the same the other way;
// lanes beyond `lanes` are 0, and are not written back. No gains are gains of 1.
void cfv_fourier_load_columns(const float *from, long step, const float *gains, long gain_step, long lanes,
                              long count, float *to);
void cfv_fourier_store_columns(const float *from, const float *gains, long gain_step, long lanes, long count,
                               float *to, long step);

// The spectrum of a + i·b from the half spectra of two real sequences a and b of `width` numbers.
void cfv_fourier_join(long width, const float *a_re, const float *a_im, const float *b_re, const float *b_im,
                      float *re, float *im);

// Its adjoint: half spectra in which each frequency that stands for its mirror image too counts twice.
void cfv_fourier_split(long width, const float *re, const float *im, float *a_re, float *a_im, float *b_re,
                       float *b_im);

#endif
