"""lucent: its own loop, pixels and Adam; total variation and norm are objectives, as it has none of its own."""

import torch
import torchvision_import  # noqa: F401
from lucent.optvis import objectives, param, render, transform
from networks import UNIT
from picture import JITTER, WEIGHT, Task, save, timed
from pytorch_network import network

task = Task.of_arguments()
torch.set_num_threads(task.threads)
torch.manual_seed(0)
model = network(task.folder, "channels-last")


def total_variation(layers):
    x = layers("input")
    down = x[:, :, 1:, :] - x[:, :, :-1, :]
    right = x[:, :, :, 1:] - x[:, :, :, :-1]
    return (down.abs().sum() + right.abs().sum()) / x.numel()


def norm(layers):
    return layers("input").abs().pow(6).mean().pow(1 / 6)


objective = (
    objectives.Objective(lambda layers: -layers("labels").flatten(1)[:, UNIT].mean())
    + WEIGHT * objectives.Objective(total_variation)
    + WEIGHT * objectives.Objective(norm)
)
with timed():
    pictures = render.render_vis(
        model,
        objective,
        lambda: param.image(task.side, fft=False, decorrelate=False),
        transforms=[transform.jitter(JITTER)],
        thresholds=(task.steps,),
        fixed_image_size=task.side,
        progress=False,
        show_image=False,
    )
save(task.picture, 255 * pictures[-1][0])
