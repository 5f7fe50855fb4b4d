#include <string.h>

#include "bit_masks.h"
#include "inline.h"
#include "multiversion.h"
#include "sparse_rows.h"

// Panels whose columns are multiplied together, and the part of them that meets one stretch of the lists.
typedef struct {
  const float *numbers;
  const unsigned short *places;
  const int *ends;
  long first, rows;
  const float *panels[3];
  // What is multiplied next, which is fetched meanwhile.
  const float *next[3];
  long next_floats[3], next_rate[3];
  // Whether these are the first and the last products of their sums.
  int begins, finishes;
  float *sums;
  // Where the sums belong, and how many columns exist.
  long columns;
  float *c;
  long step;
  const float *shift, *residual;
  unsigned short *bits;
} Stretch;

// Fetches a row's share of what is multiplied next, into the second cache: the first is full.
CFV_INLINE void fetch_next(const Stretch *s, long row) {
  UNROLL for (int p = 0; p < 3; p++) {
    const long end = (row + 1) * s->next_rate[p] < s->next_floats[p] ? (row + 1) * s->next_rate[p] : s->next_floats[p];
    for (long i = row * s->next_rate[p]; i < end; i += 16) __builtin_prefetch(s->next[p] + i, 0, 2);
  }
}

typedef void (*StretchFunction)(const Stretch *, const cfv_finish *);

// The functions of one instruction set for groups of so many panels, by their widths in 16 columns.
typedef struct {
  long panels;
  StretchFunction functions[4][4][4];
} GroupSet;

#define TEMPLATE "sparse_row_template.h"
#include "instruction_sets.h"

#if defined(__x86_64__)
static const GroupSet *const group_sets[] = {&plain_groups, &avx2_groups, &avx512_groups};
#else
static const GroupSet *const group_sets[] = {&plain_groups};
#endif

// A group of panels side by side.
typedef struct {
  long panels, columns;
  const float *starts[3];
  long widths[3];
} Group;

static Group group_at(long column, long panels, long inner, const float *b, long columns) {
  Group group = {.panels = panels};
  for (long p = 0; p < panels; p++) {
    group.starts[p] = b + (column + group.columns) * inner;
    group.widths[p] = cfv_panel_width(columns - column - group.columns, columns);
    group.columns += group.widths[p];
  }
  return group;
}

static long panels_count(long columns) {
  long count = 0;
  for (long left = columns; left > 0; count++) left -= cfv_panel_width(left, columns);
  return count;
}

// The rows of a group's panels that meet a stretch are multiplied next.
static void set_next(Stretch *s, const Group *group, long stretch, long inner) {
  const long first = stretch * CFV_STRETCH_COLUMNS, rows = smaller(CFV_STRETCH_COLUMNS, inner - first);
  for (long p = 0; p < 3; p++) {
    s->next[p] = p < group->panels ? group->starts[p] + first * group->widths[p] : NULL;
    s->next_floats[p] = p < group->panels ? rows * group->widths[p] : 0;
    s->next_rate[p] = (s->next_floats[p] + 16 * s->rows - 1) / (16 * s->rows) * 16;
  }
}

void cfv_multiply_lists(const SparseRows *lists, long inner, const float *b, long columns, float *c, long step,
                        const cfv_finish *finish) {
  const GroupSet *set = group_sets[cfv_chosen_tiles()];
  const long panels = panels_count(columns), groups = (panels + set->panels - 1) / set->panels;
  Group group = group_at(0, panels / groups, inner, b, columns), next = {0};
  long column = 0;
  for (long g = 0; g < groups; g++, column += group.columns, group = next) {
    next = (Group){0};
    if (g + 1 < groups)
      next = group_at(column + group.columns, panels * (g + 2) / groups - panels * (g + 1) / groups, inner, b, columns);
    const StretchFunction multiply =
        set->functions[group.widths[0] / 16][group.widths[1] / 16][group.widths[2] / 16];
    Stretch s = {
        .numbers = lists->numbers,
        .places = lists->places,
        .rows = lists->rows,
        .sums = lists->sums,
        .columns = smaller(group.columns, columns - column),
        .c = c + column,
        .step = step,
        .shift = finish->shift ? finish->shift + column : NULL,
        .residual = finish->residual ? finish->residual + column : NULL,
        .bits = finish->bits ? finish->bits + column / 16 : NULL,
    };
    for (long i = 0; i < lists->stretches; i++) {
      s.ends = lists->ends + i * lists->rows;
      s.first = i > 0 ? s.ends[-1] : 0;
      s.begins = i == 0;
      s.finishes = i + 1 == lists->stretches;
      for (long p = 0; p < 3; p++) s.panels[p] = group.starts[p] + i * CFV_STRETCH_COLUMNS * group.widths[p];
      set_next(&s, s.finishes ? &next : &group, s.finishes ? 0 : i + 1, inner);
      multiply(&s, finish);
    }
  }
}

void cfv_multiply_rows(const float *a, long rows, long inner, const float *b, long columns, float *c, long step,
                       const cfv_finish *finish, float *lists) {
  if (!cfv_suits_lists(a, rows, inner, columns)) {
    cfv_multiply_packed(a, rows, inner, b, columns, c, step, finish);
    return;
  }
  const SparseRows sparse = sparse_rows(lists, rows, inner);
  cfv_list_rows(a, inner, &sparse);
  cfv_multiply_lists(&sparse, inner, b, columns, c, step, finish);
}
