#include "cfv_products.h"
#include "gate.h"
#include "multiversion.h"

CFV_INLINE void pack_block(const cfv_gate_kind kind, const int writes, const cfv_gate *gate, const float *source,
                           long step, long first, long rows, long inner, float *packed) {
  for (long k = 0; k < inner; k += CFV_TILE_DEPTH, packed += CFV_TILE_ROWS * CFV_TILE_DEPTH)
    for (long r = 0; r < rows; r++) {
      const long offset = (first + r) * step + k;
      Wide x;
      load_wide(&x, source + offset, inner - k);
      pass_gate(kind, gate, offset, first + r, k, inner - k, &x);
      if (writes) store_wide(&x, gate->passed + offset, inner - k);
      *(Wide *)(packed + r * CFV_TILE_DEPTH) = x;
    }
}

CFV_INLINE void pack(const cfv_gate_kind kind, const int writes, const cfv_gate *gate, const float *source, long step,
                     long rows, long inner, float *packed) {
  const long block = cfv_packed_rows_count(CFV_TILE_ROWS, inner);
  for (long row = 0; row < rows; row += CFV_TILE_ROWS, packed += block) {
    const long count = rows - row < CFV_TILE_ROWS ? rows - row : CFV_TILE_ROWS;
    pack_block(kind, writes, gate, source, step, row, count, inner, packed);
  }
}

CFV_MULTIVERSION CFV_WIDE void cfv_pack_gated_rows(const cfv_gate *gate, const float *gradients, long step, long rows,
                                                   long inner, float *packed) {
  if (gate->passed) {
    FOR_GATE(gate, pack(KIND, 1, gate, gradients, step, rows, inner, packed))
  } else {
    FOR_GATE(gate, pack(KIND, 0, gate, gradients, step, rows, inner, packed))
  }
}

CFV_MULTIVERSION CFV_WIDE void cfv_pack_panel(const float *matrix, long step, long inner, long columns, long width,
                                              float *panel) {
  for (long k = 0; k < inner; k++, matrix += step)
    for (long c = 0; c < width; c += CFV_LANES, panel += CFV_LANES) {
      Wide vector = {0};
      if (c < columns) load_wide(&vector, matrix + c, columns - c);
      *(Wide *)panel = vector;
    }
}

CFV_INLINE void pass_rows(const cfv_gate_kind kind, const cfv_gate *gate, const float *gradients, long step, long rows,
                          long columns, float *target, int accumulates) {
  for (long r = 0; r < rows; r++, target += columns)
    for (long c = 0; c < columns; c += CFV_LANES) {
      const long count = columns - c, offset = r * step + c;
      Wide x;
      load_wide(&x, gradients + offset, count);
      pass_gate(kind, gate, offset, r, c, count, &x);
      if (accumulates) {
        Wide sum;
        load_wide(&sum, target + c, count);
        x += sum;
      }
      store_wide(&x, target + c, count);
    }
}

CFV_MULTIVERSION CFV_WIDE void cfv_pass_gated_rows(const cfv_gate *gate, const float *gradients, long step, long rows,
                                                   long columns, float *target, int accumulates) {
  FOR_GATE(gate, pass_rows(KIND, gate, gradients, step, rows, columns, target, accumulates))
}
