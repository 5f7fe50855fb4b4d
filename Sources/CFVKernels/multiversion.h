// One source, several instruction sets, chosen when the program starts.
#ifndef CFV_MULTIVERSION_H
#define CFV_MULTIVERSION_H

#if defined(__x86_64__) && defined(__linux__)
#define CFV_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CFV_MULTIVERSION
#endif

#endif
