// Compiles TEMPLATE for each instruction set that products are made for. It finds defined: LANES (the floats of a
// vector), REGISTERS (how many vectors they hold), TARGET (attributes of functions) and NAME(x) (what its functions
// are called).

#if defined(__x86_64__)
#define LANES 16
#define REGISTERS 32
#define TARGET __attribute__((target("arch=x86-64-v4"))) CFV_WIDE
#define NAME(x) avx512_##x
#include TEMPLATE
#undef LANES
#undef REGISTERS
#undef TARGET
#undef NAME

#define LANES 8
#define REGISTERS 16
#define TARGET __attribute__((target("arch=x86-64-v3")))
#define NAME(x) avx2_##x
#include TEMPLATE
#undef LANES
#undef REGISTERS
#undef TARGET
#undef NAME

#define REGISTERS 16
#else
// As on NEON.
#define REGISTERS 32
#endif

#define LANES 4
#define TARGET
#define NAME(x) plain_##x
#include TEMPLATE
#undef LANES
#undef REGISTERS
#undef TARGET
#undef NAME
