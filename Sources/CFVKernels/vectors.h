// Vectors of the compiler: stretches of neighbouring channels, at any address.
#ifndef CFV_VECTORS_H
#define CFV_VECTORS_H

#define CFV_VECTOR(name, element, count) \
  typedef element name __attribute__((vector_size(sizeof(element) * count), aligned(sizeof(element)), may_alias))

CFV_VECTOR(Float16, float, 16);
CFV_VECTOR(Float4, float, 4);
CFV_VECTOR(Float1, float, 1);
CFV_VECTOR(Int16, int, 16);
CFV_VECTOR(Int4, int, 4);
CFV_VECTOR(Int1, int, 1);
CFV_VECTOR(Byte16, signed char, 16);
CFV_VECTOR(Byte4, signed char, 4);
CFV_VECTOR(Byte1, signed char, 1);
CFV_VECTOR(Short16, short, 16);
CFV_VECTOR(Short4, short, 4);
CFV_VECTOR(Short1, short, 1);

#define LOAD(type, address) (*(const type *)(address))
#define STORE(type, address, value) (*(type *)(address) = (value))

// a where the mask is set, else b.
#define SELECT(floats, ints, mask, a, b) \
  ((floats)(((mask) & (ints)(a)) | (~(mask) & (ints)(b))))

#endif
