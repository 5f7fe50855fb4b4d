"""Projected gradient descent in the L2 ball: the perturbations training and evaluation use."""

import torch


def attacked(network, loss, x, target, epsilon, steps, step_size=None, start=True):
    """`x` moved by at most `epsilon` (L2, a picture) within 0…1 so that `loss(network(x), target)` is large.

    x: [N, C, H, W]; epsilon: a number, or one a picture. Starts at random inside the ball if `start`.
    Madry et al. 2018, https://arxiv.org/abs/1706.06083.
    """
    epsilon = torch.as_tensor(epsilon, dtype=x.dtype, device=x.device).expand(len(x)).view(-1, 1, 1, 1)
    step_size = 2.5 * epsilon / steps if step_size is None else step_size * epsilon
    delta = torch.zeros_like(x)
    if start:
        delta = torch.randn_like(x)
        radius = torch.rand(len(x), 1, 1, 1, device=x.device)
        delta = (x + delta * radius * epsilon / _norm(delta)).clamp(0, 1) - x
    for _ in range(steps):
        moved = (x + delta).requires_grad_(True)
        gradient = torch.autograd.grad(loss(network(moved), target).sum(), moved)[0]
        delta = delta + step_size * gradient / _norm(gradient)
        delta = delta * (epsilon / _norm(delta)).clamp(max=1)
        delta = (x + delta).clamp(0, 1) - x
    return (x + delta).detach()


def _norm(x):
    return x.flatten(1).norm(dim=1).clamp(min=1e-12).view(-1, 1, 1, 1)
