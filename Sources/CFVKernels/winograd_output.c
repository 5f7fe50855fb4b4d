#include "bit_masks.h"
#include "multiversion.h"
#include "winograd_pooling.h"
#include "winograd_transforms.h"

enum { LARGEST_SIDE = CFV_WINOGRAD_LARGEST_SIDE, MOST_RESULTS = CFV_WINOGRAD_MOST_RESULTS, TILES_AHEAD = 2 };

// The forms of finishing that have no branch for each vector: none at all, a shift and clipping, and any.
typedef enum { FINISH_NONE, FINISH_CLIPPED, FINISH_ANY } FinishForm;

CFV_INLINE FinishForm form_of(const cfv_finish *f) {
  if (f->accumulates || f->residual) return FINISH_ANY;
  if (!f->activates) return f->shift ? FINISH_ANY : FINISH_NONE;
  return f->shift && f->slope == 1 ? FINISH_CLIPPED : FINISH_ANY;
}

CFV_INLINE void finish_vector(const FinishForm form, const cfv_finish *f, Wide *y, const float *target, long channel,
                              long position, long channels) {
  if (form == FINISH_NONE) return;
  Wide other;
  if (form == FINISH_ANY && f->accumulates) {
    load_wide(&other, target, channels);
    *y += other;
    return;
  }
  if (form == FINISH_CLIPPED || f->shift) *y += *(const Wide *)(f->shift + channel);
  if (form == FINISH_ANY && f->residual) {
    load_wide(&other, f->residual + position * f->residual_step + channel, channels);
    *y += other;
  }
  if (form == FINISH_ANY && !f->activates) return;
  const Wide zero = {0}, low = zero + f->low, high = zero + f->high;
  if (form == FINISH_ANY && f->slope != 1) *y = SELECT_WIDE(*y < zero, *y * f->slope, *y);
  *y = SELECT_WIDE(*y < low, low, *y);
  *y = SELECT_WIDE(*y > high, high, *y);
  if (!f->bits) return;
  const WideMask open = (*y > low) & (*y < high);
  collect_bits(&open, f->bits + position * f->bits_step + channel / CFV_LANES);
}

// Where the results of a tile go: from a channel on, `channels` of which exist, `written` positions along each axis.
typedef struct {
  long channel, channels, written;
  float *images;
  signed char *winners;
} Target;

// Writes one of the results of a tile. Winners have numbers only where it is pooled.
CFV_INLINE void write_result(const cfv_winograd *p, const FinishForm form, const cfv_finish *finish, const Target *t,
                             const int pooled, long position, Wide *results, const Byte16 *winners, long index) {
  Wide *y = results + index;
  float *target = t->images + position * p->out_step + t->channel;
  // Lines that are to be written must be there first, and tiles write them in too many places to be foreseen.
  __builtin_prefetch(target + TILES_AHEAD * t->written * p->out_step, 1);
  finish_vector(form, finish, y, target, t->channel, position, t->channels);
  store_wide(y, target, t->channels);
  if (pooled) *(Byte16 *)(t->winners + position * p->winner_step + t->channel) = winners[index];
}

CFV_INLINE void transform_products(const cfv_winograd *p, const long side, const long results, const int pooled,
                                   const FinishForm form, const float *products, long distance, long first,
                                   long count, long width, long channel, long columns, float *images,
                                   signed char *winners, const cfv_finish *given) {
  // A copy, which nothing that is written can change.
  const cfv_finish finish = *given;
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
      if (form != FINISH_ANY && rows == written && places == written && columns - c >= CFV_LANES) {
        const Target target = {channel + c, CFV_LANES, written, images, winners};
        UNROLL for (long i = 0; i < written; i++)
          UNROLL for (long j = 0; j < written; j++)
            write_result(p, form, &finish, &target, pooled, origin + i * p->out_width + j, result, numbers,
                         i * written + j);
      } else {
        const Target target = {channel + c, columns - c, written, images, winners};
        for (long i = 0; i < rows; i++)
          for (long j = 0; j < places; j++)
            write_result(p, form, &finish, &target, pooled, origin + i * p->out_width + j, result, numbers,
                         i * written + j);
      }
    }
  }
}

// Makes `call` with FORM, a constant for each form of finishing.
#define FOR_FORM(finish, call) \
  switch (form_of(finish)) { \
    case FINISH_NONE: { enum { FORM = FINISH_NONE }; call; } break; \
    case FINISH_CLIPPED: { enum { FORM = FINISH_CLIPPED }; call; } break; \
    case FINISH_ANY: { enum { FORM = FINISH_ANY }; call; } break; \
  }

CFV_MULTIVERSION CFV_WIDE void cfv_winograd_output(const cfv_winograd *p, const float *products, long distance,
                                                   long first, long count, long width, long channel, long columns,
                                                   float *images, signed char *winners, const cfv_finish *finish) {
  if (winners) {
    FOR_FORM(finish, transform_products(p, 6, 4, 1, FORM, products, distance, first, count, width, channel, columns,
                                        images, winners, finish))
    return;
  }
  FOR_TILE(p->tile, FOR_FORM(finish, transform_products(p, SIDE, RESULTS, 0, FORM, products, distance, first, count,
                                                        width, channel, columns, images, NULL, finish)))
}
