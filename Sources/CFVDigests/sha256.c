// SHA-256, FIPS 180-4: https://csrc.nist.gov/pubs/fips/180-4/upd1/final. Files of weights have hundreds of
// megabytes, so that the processor's own instructions are used where it has them.
#include "sha256_rounds.h"
#include "include/CFVDigests.h"
#include <string.h>

void cfv_sha256_begin(cfv_sha256 *hash) {
  static const uint32_t initial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  memcpy(hash->state, initial, sizeof initial);
  hash->byte_count = 0;
}

void cfv_sha256_append(cfv_sha256 *hash, const void *bytes, size_t count) {
  const uint8_t *next = bytes;
  size_t filled = hash->byte_count % 64;
  hash->byte_count += count;
  if (filled > 0) {
    size_t part = count < 64 - filled ? count : 64 - filled;
    memcpy(hash->block + filled, next, part);
    next += part;
    count -= part;
    if (filled + part < 64) return;
    cfv_sha256_rounds(hash->state, hash->block, 1);
  }
  cfv_sha256_rounds(hash->state, next, count / 64);
  memcpy(hash->block, next + count / 64 * 64, count % 64);
}

void cfv_sha256_end(cfv_sha256 *hash, uint8_t *digest) {
  uint64_t bit_count = hash->byte_count * 8;
  uint8_t padding[72] = {0x80};
  size_t zeros = (119 - hash->byte_count % 64) % 64 + 1;
  for (int i = 0; i < 8; i++) padding[zeros + i] = (uint8_t)(bit_count >> (56 - 8 * i));
  cfv_sha256_append(hash, padding, zeros + 8);
  for (int i = 0; i < 32; i++) digest[i] = (uint8_t)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
}
