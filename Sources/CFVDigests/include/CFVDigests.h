#ifndef CFV_DIGESTS_H
#define CFV_DIGESTS_H

#include <stddef.h>
#include <stdint.h>

// SHA-256 (FIPS 180-4) of bytes that come piece by piece.
typedef struct {
  uint32_t state[8];
  uint64_t byte_count;
  uint8_t block[64];
} cfv_sha256;

void cfv_sha256_begin(cfv_sha256 *hash);
void cfv_sha256_append(cfv_sha256 *hash, const void *bytes, size_t count);
// Writes the 32 bytes of the digest; nothing may be appended afterwards.
void cfv_sha256_end(cfv_sha256 *hash, uint8_t *digest);

#endif
