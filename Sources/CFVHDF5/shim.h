#ifndef CFV_HDF5_H
#define CFV_HDF5_H

#include <hdf5.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

// These are macros that initialise the library, which Swift does not import.
static inline hid_t cfv_hdf5_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t cfv_hdf5_c_string(void) { return H5T_C_S1; }
static inline size_t cfv_hdf5_variable_size(void) { return H5T_VARIABLE; }
static inline hid_t cfv_hdf5_file_access(void) { return H5P_FILE_ACCESS; }

// Failures are returned; nothing is printed about them.
static inline void cfv_hdf5_be_silent(void) { H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

// The bytes that a deflated chunk becomes, and none of them kept: more than `limit` where they are more, 0 where it is damaged.
// libhdf5 inflates all that a chunk holds, however much more that is than the chunk.
static inline size_t cfv_hdf5_inflated_size(void *bytes, uint32_t count, size_t limit) {
  z_stream stream = {.next_in = (Bytef *)bytes, .avail_in = count};
  if (inflateInit(&stream) != Z_OK) return 0;
  uint8_t part[1 << 14];
  size_t size = 0;
  int status = Z_OK;
  while (status == Z_OK && size <= limit) {
    stream.next_out = part;
    stream.avail_out = sizeof part;
    status = inflate(&stream, Z_NO_FLUSH);
    size += sizeof part - stream.avail_out;
  }
  inflateEnd(&stream);
  return status == Z_STREAM_END || size > limit ? size : 0;
}

// What kind of link leads to `path`; versions of the library differ in the record that says it.
static inline H5L_type_t cfv_hdf5_link_type(hid_t file, const char *path) {
  H5L_info_t info;
  return H5Lget_info(file, path, &info, H5P_DEFAULT) < 0 ? H5L_TYPE_ERROR : info.type;
}

// Where an object lies in its file: two paths may lead to the same one. UINT64_MAX where it cannot be told.
static inline uint64_t cfv_hdf5_address(hid_t object) {
#if H5_VERSION_GE(1, 12, 0)
  H5O_info2_t info;
  if (H5Oget_info3(object, &info, H5O_INFO_BASIC) < 0) return UINT64_MAX;
  uint64_t address;
  memcpy(&address, &info.token, sizeof address);
  return address;
#else
  H5O_info_t info;
  return H5Oget_info(object, &info) < 0 ? UINT64_MAX : (uint64_t)info.addr;
#endif
}

// Calls `body` with the name of every link of a group, in the order of the names, until it returns false.
typedef bool (*cfv_hdf5_name_body)(const char *name, void *context);
typedef struct {
  cfv_hdf5_name_body body;
  void *context;
} cfv_hdf5_name_call;
static inline herr_t cfv_hdf5_name_visit(hid_t group, const char *name, const H5L_info_t *info, void *data) {
  const cfv_hdf5_name_call *call = (const cfv_hdf5_name_call *)data;
  (void)group;
  (void)info;
  return call->body(name, call->context) ? 0 : 1;
}
static inline herr_t cfv_hdf5_names(hid_t group, cfv_hdf5_name_body body, void *context) {
  cfv_hdf5_name_call call = {body, context};
  return H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, cfv_hdf5_name_visit, &call);
}

// The length of every text of variable length of an attribute, and none of the texts: they lie elsewhere in the file, several
// elements may name the same one, and reading allocates each. An element in the file begins with its length, four bytes from
// the lowest on, and the library hands elements as they are in the file to a function that converts them.
static inline herr_t cfv_hdf5_convert_lengths(
    hid_t source, hid_t target, H5T_cdata_t *data, size_t count, size_t stride, size_t background_stride, void *buffer,
    void *background, hid_t transfer) {
  (void)background_stride;
  (void)background;
  (void)transfer;
  if (data->command == H5T_CONV_INIT) data->need_bkg = H5T_BKG_NO;
  if (data->command != H5T_CONV_CONV) return 0;
  const size_t from = stride ? stride : H5Tget_size(source), to = stride ? stride : H5Tget_size(target);
  if (from < sizeof(uint32_t) || to > from) return -1;
  for (size_t i = 0; i < count; i++) {
    const uint8_t *bytes = (const uint8_t *)buffer + i * from;
    const uint32_t length =
        bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
    memcpy((uint8_t *)buffer + i * to, &length, sizeof length);
  }
  return 0;
}
static inline herr_t cfv_hdf5_text_lengths(hid_t attribute, hid_t type, uint32_t *lengths) {
  const hid_t target = H5Tcreate(H5T_OPAQUE, sizeof(uint32_t));
  if (target < 0) return -1;
  herr_t result = H5Tregister(H5T_PERS_SOFT, "lengths", type, target, cfv_hdf5_convert_lengths);
  if (result >= 0) {
    result = H5Aread(attribute, target, lengths);
    H5Tunregister(H5T_PERS_SOFT, "lengths", type, target, cfv_hdf5_convert_lengths);
  }
  H5Tclose(target);
  return result;
}

#endif
