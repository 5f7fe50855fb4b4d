#ifndef CFV_HDF5_H
#define CFV_HDF5_H

#include <hdf5.h>

// These are macros that initialise the library, which Swift does not import.
static inline hid_t cfv_hdf5_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t cfv_hdf5_c_string(void) { return H5T_C_S1; }
static inline size_t cfv_hdf5_variable_size(void) { return H5T_VARIABLE; }

// Failures are returned; nothing is printed about them.
static inline void cfv_hdf5_be_silent(void) { H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

#endif
