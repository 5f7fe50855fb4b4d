// Dense weights in single precision, read as the network has them.
#include "cfv_dense.h"
#include "dense.h"

#define WEIGHT float
#define DENSE(name) cfv_dense_##name
#define WIDE_WEIGHTS(pointer) (*(const Wide *)(pointer))
#define WEIGHT_AT(pointer) (*(pointer))
// The network's weights are what they are.
#define LINE_FACTOR(l) 1

#include "dense_template.h"
