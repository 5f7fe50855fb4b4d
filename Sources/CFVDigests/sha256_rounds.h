#ifndef CFV_SHA256_ROUNDS_H
#define CFV_SHA256_ROUNDS_H

#include <stddef.h>
#include <stdint.h>

// Takes blocks of 64 bytes into the state.
void cfv_sha256_rounds(uint32_t *state, const uint8_t *blocks, size_t count);

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
extern const uint32_t cfv_sha256_constants[64];

#endif
