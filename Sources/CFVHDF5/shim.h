#ifndef CFV_HDF5_H
#define CFV_HDF5_H

#include <hdf5.h>
#include <stdbool.h>

// These are macros that initialise the library, which Swift does not import.
static inline hid_t cfv_hdf5_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t cfv_hdf5_c_string(void) { return H5T_C_S1; }
static inline size_t cfv_hdf5_variable_size(void) { return H5T_VARIABLE; }
static inline hid_t cfv_hdf5_file_access(void) { return H5P_FILE_ACCESS; }

// Failures are returned; nothing is printed about them.
static inline void cfv_hdf5_be_silent(void) { H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

// What kind of link leads to `path`; versions of the library differ in the record that says it.
static inline H5L_type_t cfv_hdf5_link_type(hid_t file, const char *path) {
  H5L_info_t info;
  return H5Lget_info(file, path, &info, H5P_DEFAULT) < 0 ? H5L_TYPE_ERROR : info.type;
}

#endif
