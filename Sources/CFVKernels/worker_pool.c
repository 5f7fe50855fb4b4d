#if defined(__linux__)
#define _GNU_SOURCE  // sched_getaffinity
#endif
#include "cfv_worker_pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#if defined(__APPLE__)
#include <sys/sysctl.h>
#endif
#if defined(__x86_64__)
#include <immintrin.h>
#define CFV_PAUSE() _mm_pause()
#else
#define CFV_PAUSE() ((void)0)
#endif

enum { CFV_MAXIMUM_THREADS = 256, CFV_SPINS = 4000 };

typedef struct {
  cfv_chunk_body body;
  void *context;
} Job;

static pthread_mutex_t busy = PTHREAD_MUTEX_INITIALIZER;  // held by the caller whose job is running
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;  // guards falling asleep
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static int started = 0;  // helper threads there are; guarded by `busy`

static Job job;

// The chunks that a worker begins with, the first in the upper half and the end in the lower: its own, one after
// another. A line of the cache each.
typedef struct {
  _Alignas(64) _Atomic(uint64_t) left;
} Share;
static Share shares[CFV_MAXIMUM_THREADS];
static atomic_int wanted;  // helpers that may join the present job
static atomic_int sleepers;

// The number of the job (upper half), whether it may be joined, and how many helpers are at it: one word, so
// that a helper joins an open job or none.
static _Atomic(uint64_t) state;
static const uint64_t OPEN = UINT64_C(1) << 31, ACTIVE = (UINT64_C(1) << 31) - 1;

// The threads that compute, whether in a job or between two: helpers take the cores that these leave.
static atomic_int callers;
static _Thread_local int depth;  // how often this one has entered

static uint64_t number_of(uint64_t state_word) { return state_word >> 32; }

// Takes the first chunk that is left of a share, or the last; -1 if none is.
static long take(int share, int last) {
  uint64_t left = atomic_load_explicit(&shares[share].left, memory_order_relaxed);
  for (;;) {
    const uint64_t first = left >> 32, end = left & UINT32_MAX;
    if (first >= end) return -1;
    const uint64_t rest = last ? first << 32 | (end - 1) : (first + 1) << 32 | end;
    if (atomic_compare_exchange_weak_explicit(&shares[share].left, &left, rest, memory_order_relaxed,
                                              memory_order_relaxed))
      return (long)(last ? end - 1 : first);
  }
}

// A worker takes neighbouring chunks, and the same ones of layer after layer: what it reads is then mostly what it has
// written, and comes from its own core's caches. When they are done it takes others' last ones.
static void work(int worker) {
  const int workers = atomic_load(&wanted) + 1;
  for (int i = 0; i < workers; i++) {
    const int share = (worker + i) % workers;
    long chunk;
    while ((chunk = take(share, i > 0)) >= 0) job.body(chunk, worker, job.context);
  }
}

// Steps of a network follow one another within microseconds: a helper looks for the next job for a while
// before it goes to sleep, since waking a thread costs more than many a layer.
static uint64_t await_job_after(uint64_t seen) {
  for (int spin = 0; spin < CFV_SPINS; spin++) {
    const uint64_t now = atomic_load_explicit(&state, memory_order_acquire);
    if (number_of(now) != seen) return now;
    CFV_PAUSE();
  }
  pthread_mutex_lock(&gate);
  atomic_fetch_add(&sleepers, 1);
  while (number_of(atomic_load(&state)) == seen) pthread_cond_wait(&wake, &gate);
  atomic_fetch_sub(&sleepers, 1);
  pthread_mutex_unlock(&gate);
  return atomic_load(&state);
}

static uint64_t first_number[CFV_MAXIMUM_THREADS];  // the job during which a helper was born

// A helper that comes late finds the job closed and waits for the next: nobody waits for it.
static void *helper(void *argument) {
  const int index = (int)(long)argument;
  uint64_t seen = first_number[index];
  for (;;) {
    uint64_t now = await_job_after(seen);
    seen = number_of(now);
    int joined = 0;
    while (number_of(now) == seen && (now & OPEN) && index <= atomic_load(&wanted) && !joined)
      joined = atomic_compare_exchange_weak(&state, &now, now + 1);
    if (!joined) continue;
    work(index);
    atomic_fetch_sub_explicit(&state, 1, memory_order_release);
  }
  return NULL;
}

static void start_helpers(int count) {
  pthread_attr_t attributes;
  if (started >= count) return;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  while (started < count) {
    pthread_t thread;
    first_number[started + 1] = number_of(atomic_load(&state));
    if (pthread_create(&thread, &attributes, helper, (void *)(long)(started + 1)) != 0) break;
    started++;
  }
  pthread_attr_destroy(&attributes);
}

void cfv_enter_pool(void) {
  if (depth++ == 0) atomic_fetch_add(&callers, 1);
}

void cfv_leave_pool(void) {
  if (--depth == 0) atomic_fetch_sub(&callers, 1);
}

static void run_chunks(long chunks, long threads, cfv_chunk_body body, void *context) {
  if (threads > CFV_MAXIMUM_THREADS) threads = CFV_MAXIMUM_THREADS;
  const int helpers = (int)threads - atomic_load(&callers);
  if (chunks < 2 || helpers < 1 || pthread_mutex_trylock(&busy) != 0) {
    for (long chunk = 0; chunk < chunks; chunk++) body(chunk, 0, context);
    return;
  }
  start_helpers(helpers);
  job = (Job){body, context};
  const long workers = helpers + 1;
  for (long w = 0; w < workers; w++)
    atomic_store(&shares[w].left,
                 (uint64_t)(chunks * w / workers) << 32 | (uint64_t)(chunks * (w + 1) / workers));
  atomic_store(&wanted, helpers);
  atomic_store(&state, (number_of(atomic_load(&state)) + 1) << 32 | OPEN);
  if (atomic_load(&sleepers) > 0) {
    pthread_mutex_lock(&gate);
    pthread_cond_broadcast(&wake);
    pthread_mutex_unlock(&gate);
  }
  work(0);
  atomic_fetch_and(&state, ~OPEN);
  for (int spin = 0; atomic_load_explicit(&state, memory_order_acquire) & ACTIVE; spin++) {
    // The helper may have lost its core to another program.
    if (spin < CFV_SPINS)
      CFV_PAUSE();
    else
      sched_yield();
  }
  pthread_mutex_unlock(&busy);
}

__attribute__((swiftcall)) void cfv_run_chunks(long chunks, long threads, cfv_chunk_body body,
                                               void *context) {
  cfv_enter_pool();
  run_chunks(chunks, threads, body, context);
  cfv_leave_pool();
}

int cfv_physical_core_count(void) {
#if defined(__APPLE__)
  int count = 0;
  size_t size = sizeof count;
  if (sysctlbyname("hw.physicalcpu", &count, &size, NULL, 0) == 0 && count > 0) return count;
#elif defined(__linux__)
  // A core is known by the first of its hyperthreads; only those count that this process may run on.
  cpu_set_t allowed, cores;
  CPU_ZERO(&cores);
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) CPU_ZERO(&allowed);
  for (long cpu = 0; cpu < CPU_SETSIZE; cpu++) {
    if (!CPU_ISSET(cpu, &allowed)) continue;
    char path[96];
    snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu%ld/topology/thread_siblings_list", cpu);
    FILE *file = fopen(path, "r");
    long first = cpu;
    if (file != NULL) {
      if (fscanf(file, "%ld", &first) != 1) first = cpu;
      fclose(file);
    }
    if (first >= 0 && first < CPU_SETSIZE) CPU_SET(first, &cores);
  }
  if (CPU_COUNT(&cores) > 0) return CPU_COUNT(&cores);
#endif
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int)count : 1;
}
