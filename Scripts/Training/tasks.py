"""What can be trained: for each network its architecture, pictures, loss and measure of error."""

from dataclasses import dataclass
from typing import Callable

import torch
from torch.nn import functional as F

import networks
import optimizers
import pictures
from drawing.classes import CLASSES


@dataclass(frozen=True)
class Task:
    """A network to train, how far its pictures are perturbed (L2, for pictures in 0…1) and how it is trained."""

    build: Callable[[], torch.nn.Module]
    draw: Callable
    loss: Callable
    correct: Callable
    measure: str
    epsilon: float
    attack_steps: int = 3
    attacked_from: float = 0
    """The share of the training after which attacks begin, and `growth` that over which the ball grows."""
    growth: float = 1 / 3
    optimizers: Callable = optimizers.adamw
    rate: float = 3e-3


def _classification(output, target):
    return F.cross_entropy(output, target, reduction="none")


def _right(output, target):
    return (output.argmax(1) == target).float()


def _counting(output, target):
    return F.smooth_l1_loss(output[:, 0], target, reduction="none")


def _error(output, target):
    return (output[:, 0] - target).abs()


def _classes(build, epsilon=5.0, **training):
    return Task(
        lambda: build(len(CLASSES)), pictures.class_pictures, _classification, _right, "accuracy", epsilon, **training
    )


def _apples(build):
    return Task(build, pictures.apple_scenes, _counting, _error, "mean absolute error", 1.0)


TASKS = {
    "picture-net": _classes(networks.picture_net),
    "picture-transformer": _classes(
        networks.picture_transformer, epsilon=3.0, attack_steps=1, attacked_from=0.4, growth=0.3,
        optimizers=optimizers.muon, rate=2e-3,
    ),
    "picture-judge": _classes(networks.picture_judge),
    "apple-counter": _apples(networks.apple_counter),
    "apple-judge": _apples(networks.apple_judge),
}
