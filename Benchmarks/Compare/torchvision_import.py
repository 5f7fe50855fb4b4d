"""Imports torchvision beside a CPU build of torch.

PyPI's torchvision is built for CUDA: its compiled operators do not load without it, and the import then fails as it
describes two of them. Nothing here uses those, so they are declared, without a body.
"""

import torch

if not torch.version.cuda:
    for name in ("nms", "qnms"):
        try:
            torch.library.define(
                f"torchvision::{name}", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
            )
        except RuntimeError:
            pass  # A torchvision for CPU has declared them itself.

import torchvision  # noqa: E402, F401
