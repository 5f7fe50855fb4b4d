#if defined(__linux__)
#define _GNU_SOURCE  // MADV_HUGEPAGE
#endif
#include "cfv_memory.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

// How many bytes get pages of their own. AddressSanitizer guards the ends of what its own allocator hands out alone.
#define LARGE (1L << 20)
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#undef LARGE
#define LARGE LONG_MAX
#endif
#endif

enum { CACHE_LINE = 64, HUGE_PAGE = 1 << 21 };

// Pages that begin where a page of 2 MB may.
static void *map_pages(size_t bytes) {
  const size_t reserved = bytes + HUGE_PAGE;
  char *start = mmap(NULL, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
  if (start == MAP_FAILED) return NULL;
  char *aligned = (char *)(((uintptr_t)start + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE);
  if (aligned > start) munmap(start, (size_t)(aligned - start));
  char *end = aligned + bytes, *reserved_end = start + reserved;
  if (reserved_end > end) munmap(end, (size_t)(reserved_end - end));
#if defined(MADV_HUGEPAGE)
  // Without them it is only slower.
  (void)madvise(aligned, bytes, MADV_HUGEPAGE);
#endif
  return aligned;
}

// Whole pages, however large they are here.
static size_t rounded(long bytes) { return ((size_t)bytes + (1 << 16) - 1) >> 16 << 16; }

void *cfv_allocate(long bytes) {
  void *memory = NULL;
  if (bytes >= LARGE) return map_pages(rounded(bytes));
  return posix_memalign(&memory, CACHE_LINE, bytes > 0 ? (size_t)bytes : 1) == 0 ? memory : NULL;
}

void cfv_free(void *memory, long bytes) {
  if (bytes >= LARGE)
    munmap(memory, rounded(bytes));
  else
    free(memory);
}
