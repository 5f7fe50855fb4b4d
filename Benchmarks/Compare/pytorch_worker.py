"""PyTorch: forward and input gradient of one logit; nothing asks for the weights' gradients."""

import torch
from networks import UNIT
from pytorch_network import memory_format, network
from worker import Task, serve

task = Task.of_arguments()
torch.set_num_threads(task.threads)
model = network(task.folder, task.configuration)
picture = torch.from_numpy(task.input()).permute(0, 3, 1, 2)
picture = picture.contiguous(memory_format=memory_format(task.configuration)).requires_grad_()


def step():
    logits = model(picture)
    (gradient,) = torch.autograd.grad(logits[:, UNIT].sum(), picture)
    return logits, gradient


def arrays(result):
    logits, gradient = result
    return logits.detach().numpy(), gradient.permute(0, 2, 3, 1).numpy()


serve(task, step, arrays)
