// One source, several instruction sets, chosen when the program starts.
#ifndef CFV_MULTIVERSION_H
#define CFV_MULTIVERSION_H

// The choice is made before ThreadSanitizer is ready, which is called from there all the same: it gets one version.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CFV_MULTIVERSION
#endif
#endif

#if defined(CFV_MULTIVERSION)
#elif defined(__x86_64__) && defined(__linux__)
#define CFV_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CFV_MULTIVERSION
#endif

// For code written with vectors of 64 bytes: without it the compiler splits them in two even for AVX-512, and
// runs out of registers where all of them are in use.
#if defined(__clang__) && defined(__x86_64__)
#define CFV_WIDE __attribute__((min_vector_width(512)))
#else
#define CFV_WIDE
#endif

// Before a loop of few, constant turns over an array that should lie in registers.
#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#define UNROLL_BY_4 _Pragma("clang loop unroll_count(4)")
#else
#define UNROLL _Pragma("GCC unroll 36")
#define UNROLL_BY_4 _Pragma("GCC unroll 4")
#endif

#endif
