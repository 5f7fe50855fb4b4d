#include "CFVKernels.h"
