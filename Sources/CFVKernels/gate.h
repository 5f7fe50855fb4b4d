// How gradients pass an activation that is written as slope, low and high.
#ifndef CFV_GATE_H
#define CFV_GATE_H

#include "bit_masks.h"
#include "cfv_products.h"
#include "wide_vector.h"

// Turns gradients of an activation's results into those of its arguments, for up to 16 channels from channel `channel`
// on, a multiple of 16. The values are `offset` floats into the gate's. Bits come in whole words.
CFV_INLINE void pass_gate(const cfv_gate_kind kind, const cfv_gate *gate, long offset, long position, long channel,
                          long count, Wide *gradient) {
  if (kind == CFV_GATE_OPEN) return;
  if (kind == CFV_GATE_BITS) {
    WideMask open;
    expand_bits(gate->bits + position * gate->bits_step + channel / CFV_LANES, &open);
    *gradient = (Wide)(open & (WideMask)*gradient);
    return;
  }
  const Wide zero = {0};
  Wide value;
  load_wide(&value, gate->values + offset, count);
  const Wide steep = SELECT_WIDE(value > zero, *gradient, *gradient * gate->slope);
  *gradient = SELECT_WIDE((value > zero + gate->low) & (value < zero + gate->high), steep, zero);
}

// Makes `call` with KIND, a constant for each kind of gate, so that its loops are compiled without a branch.
#define FOR_GATE(gate, call) \
  switch ((gate)->kind) { \
    case CFV_GATE_OPEN: { enum { KIND = CFV_GATE_OPEN }; call; } break; \
    case CFV_GATE_RANGE: { enum { KIND = CFV_GATE_RANGE }; call; } break; \
    case CFV_GATE_BITS: { enum { KIND = CFV_GATE_BITS }; call; } break; \
  }

#endif
