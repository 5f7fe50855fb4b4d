// Plain structures instead of C99 complex numbers, which Swift cannot import.
#define LAPACK_COMPLEX_STRUCTURE
#include <lapacke.h>
