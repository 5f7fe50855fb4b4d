// How much memory this process may have.
#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "cfv_machine.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static long least(long a, long b) { return a < b ? a : b; }

static long machine_limit(void) {
  const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || size <= 0 || pages > LONG_MAX / size) return LONG_MAX;
  return pages * size;
}

static long resource_limit(int resource) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return LONG_MAX;
  return limit.rlim_cur > LONG_MAX ? LONG_MAX : (long)limit.rlim_cur;
}

#if defined(__linux__)
enum { LONGEST_PATH = 4096 };

// The number in a file; LONG_MAX where there is none, or the word "max".
static long number_in(const char *path) {
  FILE *file = fopen(path, "re");
  if (file == NULL) return LONG_MAX;
  unsigned long long number;
  const int found = fscanf(file, "%llu", &number);
  fclose(file);
  return found == 1 && number < LONG_MAX ? (long)number : LONG_MAX;
}

// The least limit of a control group and of those that it is in. `group` is cut off on the way up.
static long group_limit(const char *root, char *group, const char *name) {
  long limit = LONG_MAX;
  for (;;) {
    char path[2 * LONGEST_PATH];
    const int length = snprintf(path, sizeof path, "%s%s/%s", root, group, name);
    if (length > 0 && length < (int)sizeof path) limit = least(limit, number_in(path));
    char *last = strrchr(group, '/');
    if (last == NULL) return limit;
    *last = 0;
  }
}

// Lines of /proc/self/cgroup are "0::/group" of version 2 and "4:memory:/group" of version 1. Inside a container the
// path may be one that only the host has; the root is tried as well.
static long control_group_limit(void) {
  FILE *file = fopen("/proc/self/cgroup", "re");
  if (file == NULL) return LONG_MAX;
  long limit = LONG_MAX;
  char line[LONGEST_PATH];
  while (fgets(line, sizeof line, file) != NULL) {
    line[strcspn(line, "\n")] = 0;
    char *controllers = strchr(line, ':');
    char *group = controllers == NULL ? NULL : strchr(controllers + 1, ':');
    if (group == NULL) continue;
    *group++ = 0;
    controllers++;
    if (*controllers == 0) {
      limit = least(limit, group_limit("/sys/fs/cgroup", group, "memory.max"));
    } else if (strcmp(controllers, "memory") == 0) {
      limit = least(limit, group_limit("/sys/fs/cgroup/memory", group, "memory.limit_in_bytes"));
    }
  }
  fclose(file);
  return limit;
}
#else
static long control_group_limit(void) { return LONG_MAX; }
#endif

long cfv_memory_limit(void) {
  long limit = least(machine_limit(), control_group_limit());
#if defined(RLIMIT_DATA)
  limit = least(limit, resource_limit(RLIMIT_DATA));
#endif
#if defined(RLIMIT_AS)
  limit = least(limit, resource_limit(RLIMIT_AS));
#endif
  return limit;
}
