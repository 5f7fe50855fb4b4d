#ifndef CFV_MACHINE_H
#define CFV_MACHINE_H

// What a core can do at most, for telling how close a computation comes to it.

// Runs `rounds` rounds of multiplications and additions on numbers in registers, with the widest vectors that the
// processor has; returns how many multiplications and additions those were. `sink` takes a result, so that the
// work is not left out.
double cfv_multiply_add_rounds(long rounds, float *sink);

// Reads all `count` numbers, a multiple of 128, and returns their sum.
float cfv_read_all(const float *values, long count);

// The bytes of memory that this process may have at most: the least of what the machine has, what the control groups
// that the process is in allow, and the process' own limits of address space and data.
long cfv_memory_limit(void);

#endif
