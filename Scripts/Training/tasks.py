"""What can be trained: for each network its architecture, pictures, loss and measure of error."""

from dataclasses import dataclass
from typing import Callable

import torch
from torch.nn import functional as F

import networks
import pictures
from drawing.classes import CLASSES


@dataclass(frozen=True)
class Task:
    """A network to train and how far its pictures are perturbed (L2, for pictures in 0…1)."""

    build: Callable[[], torch.nn.Module]
    draw: Callable
    loss: Callable
    correct: Callable
    measure: str
    epsilon: float


def _classification(output, target):
    return F.cross_entropy(output, target, reduction="none")


def _right(output, target):
    return (output.argmax(1) == target).float()


def _counting(output, target):
    return F.smooth_l1_loss(output[:, 0], target, reduction="none")


def _error(output, target):
    return (output[:, 0] - target).abs()


def _classes(build):
    return Task(lambda: build(len(CLASSES)), pictures.class_pictures, _classification, _right, "accuracy", 5.0)


def _apples(build):
    return Task(build, pictures.apple_scenes, _counting, _error, "mean absolute error", 1.0)


TASKS = {
    "picture-net": _classes(networks.picture_net),
    "picture-judge": _classes(networks.picture_judge),
    "apple-counter": _apples(networks.apple_counter),
    "apple-judge": _apples(networks.apple_judge),
}
