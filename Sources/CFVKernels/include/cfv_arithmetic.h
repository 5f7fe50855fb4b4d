#ifndef CFV_ARITHMETIC_H
#define CFV_ARITHMETIC_H

// What is made of up to three operands, element by element.
typedef enum {
  CFV_SCALE,     // scale · a
  CFV_MAGNITUDE, // |a|
  CFV_NOT_ZERO,  // a, or 1 where it is 0
  CFV_IS_ZERO,   // 1 where a is 0, else 0
  CFV_ADD,       // a + b
  CFV_SUBTRACT,  // a − b
  CFV_MULTIPLY,  // a · b
  CFV_DIVIDE,    // a / b
  CFV_MAXIMUM,   // max(a, b)
  CFV_MINIMUM,   // min(a, b)
  CFV_POWER,     // a to the power of b
  CFV_REMAINDER, // what is left of a / b rounded towards zero
  CFV_MODULO,    // what is left of a / b rounded down
  CFV_RELATIVE_EXPONENTIAL, // e^(a − b)
  CFV_EQUAL,     // 1 where a = b, else 0; and likewise:
  CFV_NOT_EQUAL,
  CFV_LESS,
  CFV_NOT_GREATER,
  CFV_AND,       // 1 where neither is 0, else 0
  CFV_OR,        // 1 where one is not 0, else 0
  CFV_XOR,       // 1 where just one is not 0, else 0
  CFV_WITH_SIGN, // a · sign b
  CFV_WHERE_TRUE,  // a where b is not 0, else 0
  CFV_WHERE_FALSE, // a where b is 0, else 0
  // Of three operands:
  CFV_DIVISOR,         // −a · b / c², the gradient of a divisor c under b / c
  CFV_WHERE_NOT_LESS,  // a where b ≥ c, else 0
  CFV_WHERE_GREATER,   // a where b > c, else 0
  CFV_WHERE_EQUAL,     // a where b = c, else 0
  CFV_CHOOSE,          // b where a is not 0, else c
  CFV_POWER_BASE,      // a · c · b^(c − 1), the gradient of a base b under b^c; 0 where c is 0
  CFV_POWER_EXPONENT,  // a · b^c · ln b, the gradient of an exponent c; 0 where b is 0
  CFV_REMAINDER_DIVISOR, // −a · (b / c rounded towards zero), the gradient of a divisor c under a remainder
  CFV_MODULO_DIVISOR,    // −a · (b / c rounded down)
  CFV_SHARE_OF_PRODUCT,  // a / b, or c where b is 0
  CFV_SHARE_OF_EXPONENTIALS, // a · e^(b − c), 0 where a is 0
  CFV_MULTIPLY_THREE   // a · b · c
} cfv_combination;

// An operand over rows and columns: its first element and its steps. Along columns the step is 1, or 0 for
// one element that stands for all.
typedef struct {
  const float *start;
  long row_step, step;
} cfv_operand;

// What becomes of several values for one cell of the target.
typedef enum {
  CFV_SUM,
  CFV_PRODUCT,
  CFV_LARGEST,
  CFV_SMALLEST
} cfv_fold;

// Writes, or accumulating folds, the combination to the target. A target whose step is 0 receives each row's
// sum (or extremum), always in the same order; one whose row step is 0 as well must accumulate.
void cfv_combine(cfv_combination combination, cfv_fold fold, float scale, const cfv_operand *a,
                 const cfv_operand *b, const cfv_operand *c, float *target, long target_row_step,
                 long target_step, long rows, long columns, int accumulating);

#endif
