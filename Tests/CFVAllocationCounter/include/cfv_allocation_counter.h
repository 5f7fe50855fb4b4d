// Counts the allocations of a process: malloc and its relatives are interposed in the executable that links
// this, on Linux with glibc.
#ifndef CFV_ALLOCATION_COUNTER_H
#define CFV_ALLOCATION_COUNTER_H

// Whether allocations can be counted here.
int cfv_counts_allocations(void);

// Counts from 0 on.
void cfv_start_counting_allocations(void);

// Stops; the allocations of all threads since the start.
long cfv_stop_counting_allocations(void);

#endif
