// How gradients pass an activation that is written as slope, low and high.
#ifndef CFV_GATE_H
#define CFV_GATE_H

#include "cfv_products.h"
#include "wide_vector.h"

// Turns the gradient of an activation's result, whose value is given, into that of its argument.
CFV_INLINE void pass_gate(const cfv_gate_kind kind, const cfv_gate *gate, Wide *gradient, const Wide *value) {
  const Wide zero = {0};
  if (kind == CFV_GATE_POSITIVE) *gradient = SELECT_WIDE(*value > zero, *gradient, zero);
  if (kind != CFV_GATE_RANGE) return;
  const Wide steep = SELECT_WIDE(*value > zero, *gradient, *gradient * gate->slope);
  *gradient = SELECT_WIDE((*value > zero + gate->low) & (*value < zero + gate->high), steep, zero);
}

// Makes `call` with KIND, a constant for each kind of gate, so that its loops are compiled without a branch.
#define FOR_GATE(gate, call) \
  switch ((gate)->kind) { \
    case CFV_GATE_OPEN: { enum { KIND = CFV_GATE_OPEN }; call; } break; \
    case CFV_GATE_POSITIVE: { enum { KIND = CFV_GATE_POSITIVE }; call; } break; \
    case CFV_GATE_RANGE: { enum { KIND = CFV_GATE_RANGE }; call; } break; \
  }

#endif
