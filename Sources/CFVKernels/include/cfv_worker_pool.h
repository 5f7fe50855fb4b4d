#ifndef CFV_WORKER_POOL_H
#define CFV_WORKER_POOL_H

// A Swift closure (chunk, worker) -> Void that does not escape, as Swift passes it: a function and its context.
typedef __attribute__((swiftcall)) void (*cfv_chunk_body)(long chunk, long worker,
                                                          __attribute__((swift_context)) void *context);

// Calls body(chunk, worker) for every chunk in 0 ..< chunks, on up to `threads` threads, the caller among
// them; `worker` is below `threads`. Returns when all are done. A call made while another is running does
// all the work on its own thread, and every thread that has entered the pool takes the place of a helper, so that no
// more than `threads` threads run, callers aside. Allocates nothing once its threads exist.
__attribute__((swiftcall)) void cfv_run_chunks(long chunks, long threads, cfv_chunk_body body, void *context);

// Between these, a thread counts as one that computes even while it makes no call. Calls may nest.
void cfv_enter_pool(void);
void cfv_leave_pool(void);

// The number of processor cores that the process may use, hyperthreads of one core counted once where the system
// tells.
int cfv_physical_core_count(void);

#endif
