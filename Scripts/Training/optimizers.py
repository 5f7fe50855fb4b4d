"""What moves the weights: lists of optimizers, which share a schedule of learning rates."""

import torch


def adamw(network, rate):
    """AdamW for all weights."""
    return [torch.optim.AdamW(network.parameters(), rate, weight_decay=0.01)]


def muon(network, rate):
    """Muon for the matrices of blocks, and AdamW for all others.

    Transformers learn in fewer steps by it (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/). Its
    updates are scaled to the size of AdamW's (Liu et al. 2025, https://arxiv.org/abs/2502.16982): both take one rate.
    """
    matrices, others = [], []
    for name, weight in network.named_parameters():
        (matrices if name.startswith("blocks.") and weight.ndim == 2 else others).append(weight)
    return [
        torch.optim.Muon(matrices, rate, weight_decay=0.05, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(others, rate, weight_decay=0.05),
    ]
