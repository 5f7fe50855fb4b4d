// A bit of memory for each lane of a vector.
#ifndef CFV_BIT_MASKS_H
#define CFV_BIT_MASKS_H

#include <string.h>

#include "inline.h"
#include "vectors.h"

typedef _Bool Bits16 __attribute__((ext_vector_type(16)));
typedef _Bool Bits8 __attribute__((ext_vector_type(8)));
typedef _Bool Bits4 __attribute__((ext_vector_type(4)));

// All bits of a lane, for each bit of a word.
CFV_INLINE void expand_bits(const unsigned short *word, Int16 *mask) {
  Bits16 bits;
  memcpy(&bits, word, sizeof *word);
  *mask = -__builtin_convertvector(bits, Int16);
}

// The other way.
CFV_INLINE void collect_bits(const Int16 *mask, unsigned short *word) {
  const Bits16 bits = __builtin_convertvector(*mask, Bits16);
  memcpy(word, &bits, sizeof *word);
}

#endif
