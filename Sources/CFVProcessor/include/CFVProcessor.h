#ifndef CFV_PROCESSOR_H
#define CFV_PROCESSOR_H

// The widest instruction set of those that the package's kernels are made for and this processor has: the last bits of
// results follow from it. The text lives for ever.
const char *cfv_instruction_set(void);

#endif
