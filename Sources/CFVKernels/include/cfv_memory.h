#ifndef CFV_MEMORY_H
#define CFV_MEMORY_H

// Memory for floats, aligned to a cache line and never moved; NULL when there is none. Large blocks are pages of their
// own, of 2 MB where the system has them: weights are read once a step, and the processor's table of small pages
// would be missed at each. They also go back to the system at once when they are freed.
void *cfv_allocate(long bytes);

// Frees what `cfv_allocate` gave for as many bytes.
void cfv_free(void *memory, long bytes);

// Has OpenBLAS, if that is the BLAS library, take the memory that products on so many threads need; 0 where the system
// refuses it.
int cfv_reserve_openblas(long threads);

#endif
