#include "bit_masks.h"
#include "multiversion.h"
#include "winograd_pooling.h"
#include "winograd_transforms.h"

enum { LARGEST_SIDE = CFV_WINOGRAD_LARGEST_SIDE, MOST_RESULTS = CFV_WINOGRAD_MOST_RESULTS, TILES_AHEAD = 2 };

CFV_INLINE void finish_vector(const cfv_finish *f, Wide *y, const float *target, long channel, long position,
                              long channels) {
  Wide other;
  if (f->accumulates) {
    load_wide(&other, target, channels);
    *y += other;
    return;
  }
  if (f->shift) *y += *(const Wide *)(f->shift + channel);
  if (f->residual) {
    load_wide(&other, f->residual + position * f->residual_step + channel, channels);
    *y += other;
  }
  if (!f->activates) return;
  const Wide zero = {0}, low = zero + f->low, high = zero + f->high;
  if (f->slope != 1) *y = SELECT_WIDE(*y < zero, *y * f->slope, *y);
  *y = SELECT_WIDE(*y < low, low, *y);
  *y = SELECT_WIDE(*y > high, high, *y);
  if (!f->bits) return;
  const WideMask open = (*y > low) & (*y < high);
  collect_bits(&open, f->bits + position * f->bits_step + channel / CFV_LANES);
}

CFV_INLINE void transform_products(const cfv_winograd *p, const long side, const long results, const int pooled,
                                   const float *products, long distance, long first, long count, long width,
                                   long channel, long columns, float *images, signed char *winners,
                                   const cfv_finish *finish) {
  const long tiles = p->tiles_high * p->tiles_wide;
  // Positions that a tile writes along each axis.
  const long written = pooled ? results / 2 : results;
  for (long t = 0; t < count; t++) {
    const long tile = first + t;
    const long image = tile / tiles, top = tile % tiles / p->tiles_wide * written;
    const long left = tile % p->tiles_wide * written;
    const long rows = p->out_height - top < written ? p->out_height - top : written;
    const long places = p->out_width - left < written ? p->out_width - left : written;
    const long origin = (image * p->out_height + top) * p->out_width + left;
    for (long c = 0; c < columns; c += CFV_LANES) {
      IN_LINES Wide column[LARGEST_SIDE], half[MOST_RESULTS * LARGEST_SIDE], result[MOST_RESULTS * MOST_RESULTS];
      UNROLL for (long j = 0; j < side; j++) {
        UNROLL for (long i = 0; i < side; i++)
          column[i] = *(const Wide *)(products + (i * side + j) * distance + t * width + c);
        winograd_results(side, results, column, 1, half + j, side);
      }
      UNROLL for (long i = 0; i < results; i++)
        winograd_results(side, results, half + i * side, 1, result + i * results, 1);
      Byte16 numbers[4];
      if (pooled) keep_maxima(result, numbers);
      for (long i = 0; i < rows; i++)
        for (long j = 0; j < places; j++) {
          const long position = origin + i * p->out_width + j;
          float *target = images + position * p->out_step + channel + c;
          Wide *y = result + i * written + j;
          // Lines that are to be written must be there first, and tiles write them in too many places to be foreseen.
          __builtin_prefetch(target + TILES_AHEAD * written * p->out_step, 1);
          finish_vector(finish, y, target, channel + c, position, columns - c);
          store_wide(y, target, columns - c);
          if (pooled) *(Byte16 *)(winners + position * p->winner_step + channel + c) = numbers[i * written + j];
        }
    }
  }
}

CFV_MULTIVERSION CFV_WIDE void cfv_winograd_output(const cfv_winograd *p, const float *products, long distance,
                                                   long first, long count, long width, long channel, long columns,
                                                   float *images, signed char *winners, const cfv_finish *finish) {
  if (winners) {
    transform_products(p, 6, 4, 1, products, distance, first, count, width, channel, columns, images, winners, finish);
    return;
  }
  FOR_TILE(p->tile, transform_products(p, SIDE, RESULTS, 0, products, distance, first, count, width, channel, columns,
                                       images, NULL, finish))
}
