#include "cfv_products.h"

#include <string.h>

#include "bit_masks.h"
#include "inline.h"
#include "multiversion.h"

// A part of a product small enough for the registers.
typedef struct {
  const float *a, *b;
  // The rows of the next tile, if the processor does not foresee them (else NULL): they are fetched meanwhile.
  const float *next_a;
  long b_step, inner;
  float *c;
  long c_step;
  const float *shift, *residual;
  long residual_step;
  // The bits of the panel's columns, and the column that the tile begins with.
  unsigned short *bits;
  long bits_column;
  // What is left to be fetched, and how many runs of it for each step of CFV_TILE_DEPTH.
  cfv_next_reads *next;
  long next_rate;
} Tile;

typedef void (*TileFunction)(const Tile *, const cfv_finish *);

// The tiles of one instruction set: the floats of a vector, the rows of the largest tile, and a function for each
// number of rows and of vectors.
typedef struct {
  long lanes, rows;
  TileFunction functions[CFV_TILE_ROWS][3];
} TileSet;

#define TEMPLATE "matrix_tile_template.h"
#include "instruction_sets.h"

// From the narrowest vectors to the widest that the processor has.
static const TileSet *available[3] = {&plain_tiles};
static int available_count = 1, chosen = 0;

// Before `main`, so that nobody multiplies while the choice is made.
__attribute__((constructor)) static void find_tiles(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) available[available_count++] = &avx2_tiles;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512cd"))
    available[available_count++] = &avx512_tiles;
#endif
  chosen = available_count - 1;
}

int cfv_tiles_count(void) { return available_count; }
int cfv_chosen_tiles(void) { return chosen; }
void cfv_choose_tiles(int index) { chosen = index; }
long cfv_widest_vector(void) { return available[available_count - 1]->lanes; }

// Up to 8 rows of a whole panel, in as many tiles as the registers need.
static void multiply_block(Tile whole, long rows, long width, const cfv_finish *finish) {
  const TileSet *tiles = available[chosen];
  const long lanes = tiles->lanes;
  const long vectors = width == CFV_PANEL_COLUMNS ? 3 : lanes == 16 ? width / 16 : 2;
  for (long row = 0; row < rows; row += tiles->rows) {
    const long count = rows - row < tiles->rows ? rows - row : tiles->rows;
    for (long column = 0; column < width; column += vectors * lanes) {
      Tile tile = whole;
      tile.a += row * CFV_TILE_DEPTH;
      tile.b += column;
      tile.c += row * whole.c_step + column;
      if (tile.shift) tile.shift += column;
      if (tile.residual) tile.residual += row * whole.residual_step + column;
      if (tile.bits) tile.bits += row * finish->bits_step;
      tile.bits_column = column;
      tiles->functions[count - 1][vectors - 1](&tile, finish);
      whole.next_rate = 0;
    }
  }
}

static void copy_columns(const float *source, long source_step, float *target, long target_step, long rows,
                         long columns) {
  for (long r = 0; r < rows; r++) memcpy(target + r * target_step, source + r * source_step, sizeof(float) * columns);
}

// The same for a panel that is wider than the columns left: through a block of its own.
static void multiply_partial_block(Tile whole, long rows, long columns, long width, const cfv_finish *finish) {
  float result[CFV_TILE_ROWS * CFV_PANEL_COLUMNS], residual[CFV_TILE_ROWS * CFV_PANEL_COLUMNS] = {0};
  Tile inside = whole;
  inside.c = result;
  inside.c_step = width;
  memset(result, 0, sizeof result);
  if (finish->accumulates) copy_columns(whole.c, whole.c_step, result, width, rows, columns);
  if (whole.residual) {
    copy_columns(whole.residual, whole.residual_step, residual, width, rows, columns);
    inside.residual = residual;
    inside.residual_step = width;
  }
  multiply_block(inside, rows, width, finish);
  copy_columns(result, width, whole.c, whole.c_step, rows, columns);
}

static long divided_up(long number, long by) { return (number + by - 1) / by; }

// The steps of CFV_TILE_DEPTH in which rows are multiplied.
static long steps_of(long rows, long inner) {
  return divided_up(rows, CFV_TILE_ROWS) * divided_up(inner, CFV_TILE_DEPTH);
}

// The runs to be fetched in each of `steps` steps so that all are.
static long next_rate(const cfv_next_reads *next, long steps) { return steps > 0 ? divided_up(next->runs, steps) : 0; }

void cfv_multiply_packed(const float *a, long rows, long inner, const float *b, long columns, float *c, long step,
                         const cfv_finish *finish) {
  const long block = cfv_packed_rows_count(CFV_TILE_ROWS, inner);
  for (long column = 0; column < columns;) {
    const long width = cfv_panel_width(columns - column, columns), left = columns - column - width;
    const long next_width = left > 0 ? cfv_panel_width(left, columns) : 0;
    cfv_next_reads next = {b + (column + width) * inner, left > 0 ? inner : 0, next_width, next_width};
    const long rate = next_rate(&next, steps_of(rows, inner));
    for (long row = 0; row < rows; row += CFV_TILE_ROWS) {
      const long count = smaller(rows - row, CFV_TILE_ROWS);
      const Tile tile = {
          .a = a + row / CFV_TILE_ROWS * block,
          .b = b + column * inner,
          .b_step = width,
          .inner = inner,
          .c = c + row * step + column,
          .c_step = step,
          .shift = finish->shift ? finish->shift + column : NULL,
          .residual = finish->residual ? finish->residual + row * finish->residual_step + column : NULL,
          .residual_step = finish->residual_step,
          .bits = finish->bits ? finish->bits + row * finish->bits_step + column / 16 : NULL,
          .next = &next,
          .next_rate = rate,
      };
      if (column + width <= columns)
        multiply_block(tile, count, width, finish);
      else
        multiply_partial_block(tile, count, columns - column, width, finish);
    }
    column += width;
  }
}

void cfv_multiply_panels(long count, const float *a, long a_distance, long a_block, long rows, long inner,
                         const float *b, long b_distance, long width, float *c, long c_distance, int accumulates,
                         cfv_next_reads next) {
  const cfv_finish finish = {.accumulates = accumulates, .slope = 1};
  const int isPart = a_block > cfv_packed_rows_count(CFV_TILE_ROWS, inner);
  const long steps = steps_of(rows, inner), rate = next_rate(&next, count * steps);
  // The last products fetch, so that what they fetch is not driven out again.
  const long fetching = rate > 0 ? divided_up(next.runs, rate * steps) : 0;
  for (long i = 0; i < count; i++)
    for (long row = 0; row < rows; row += CFV_TILE_ROWS) {
      const long following = row + CFV_TILE_ROWS < rows ? i * a_distance + (row / CFV_TILE_ROWS + 1) * a_block
                                                        : (i + 1) % count * a_distance;
      const Tile tile = {
          .a = a + i * a_distance + row / CFV_TILE_ROWS * a_block,
          .b = b + i * b_distance,
          .next_a = isPart ? a + following : NULL,
          .b_step = width,
          .inner = inner,
          .c = c + i * c_distance + row * width,
          .c_step = width,
          .next = &next,
          .next_rate = i >= count - fetching ? rate : 0,
      };
      multiply_block(tile, smaller(rows - row, CFV_TILE_ROWS), width, &finish);
    }
}
