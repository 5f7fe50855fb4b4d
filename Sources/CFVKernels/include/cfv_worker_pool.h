#ifndef CFV_WORKER_POOL_H
#define CFV_WORKER_POOL_H

// Calls body(context, chunk, worker) for every chunk in 0 ..< chunks, on up to `threads` threads, the caller
// among them; `worker` is below `threads`. Returns when all are done. A call made while another is running
// does all the work on its own thread.
void cfv_run_chunks(long chunks, int threads, void *context,
                    void (*body)(void *context, long chunk, int worker));

// The number of processor cores, hyperthreads of one core counted once where the system tells.
int cfv_physical_core_count(void);

#endif
