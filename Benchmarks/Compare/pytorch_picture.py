"""PyTorch without a library: the loop that one would write, on its fastest form of a network without compiling."""

import torch
from networks import UNIT
from picture import DEVIATION, JITTER, MEAN, WEIGHT, Task, save, timed
from pytorch_network import network

task = Task.of_arguments()
torch.set_num_threads(task.threads)
torch.manual_seed(0)
model = network(task.folder, "channels-last+folded")
mean = 255 * torch.tensor(MEAN).view(1, 3, 1, 1)
deviation = 255 * torch.tensor(DEVIATION).view(1, 3, 1, 1)
start = 127.5 + 12.75 * torch.randn(1, 3, task.side, task.side)
pixels = start.contiguous(memory_format=torch.channels_last).requires_grad_()
optimizer = torch.optim.RMSprop([pixels], lr=1, alpha=0.999)


def regularization():
    down = pixels[:, :, 1:, :] - pixels[:, :, :-1, :]
    right = pixels[:, :, :, 1:] - pixels[:, :, :, :-1]
    variation = (down.abs().sum() + right.abs().sum()) / pixels.numel()
    return variation + pixels.abs().pow(6).mean().pow(1 / 6)


with timed():
    for _ in range(task.steps):
        shift = torch.randint(-JITTER, JITTER + 1, (2,)).tolist()
        shifted = torch.roll(pixels, shift, (2, 3))
        logit = model((shifted - mean) / deviation)[0, UNIT]
        optimizer.zero_grad()
        (WEIGHT * regularization() - logit).backward()
        optimizer.step()
save(task.picture, pixels.detach()[0].permute(1, 2, 0).numpy())
