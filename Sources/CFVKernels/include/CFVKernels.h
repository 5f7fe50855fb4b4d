// The vectorised kernels and the worker pool of the engine. Feature maps are channels last; `long` counts
// elements. Every function works on exactly the range it is given, so that the caller's partition of the
// work decides the order of every sum.
#ifndef CFV_KERNELS_H
#define CFV_KERNELS_H

#include "cfv_activation.h"
#include "cfv_arithmetic.h"
#include "cfv_composite_activation.h"
#include "cfv_convolution.h"
#include "cfv_dense.h"
#include "cfv_depthwise.h"
#include "cfv_elementwise.h"
#include "cfv_fourier.h"
#include "cfv_machine.h"
#include "cfv_maps.h"
#include "cfv_memory.h"
#include "cfv_moments.h"
#include "cfv_noise.h"
#include "cfv_normalization.h"
#include "cfv_optimizers.h"
#include "cfv_phases.h"
#include "cfv_pictures.h"
#include "cfv_pooling.h"
#include "cfv_products.h"
#include "cfv_quantization.h"
#include "cfv_reductions.h"
#include "cfv_regularizers.h"
#include "cfv_resampling.h"
#include "cfv_sampling.h"
#include "cfv_softmax.h"
#include "cfv_standardization.h"
#include "cfv_winograd.h"
#include "cfv_worker_pool.h"

#endif
