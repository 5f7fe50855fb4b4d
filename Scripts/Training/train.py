"""Trains one of the networks adversarially: python train.py picture-net --seed 1 --output FOLDER"""

import argparse
import copy
import json
import time
from pathlib import Path

import numpy as np
import torch

from adversary import attacked
from checkpoint import Checkpoint, PictureOrder
from tasks import TASKS

HELD_OUT_SEED = 1_000_003
"""No training run draws its pictures from this seed."""


def main():
    options = parsed()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    task = TASKS[options.network]
    train_set = task.draw(options.pictures, options.count, options.seed)
    held_out = task.draw(options.pictures, options.held_out, HELD_OUT_SEED)
    output = Path(options.output)
    output.mkdir(parents=True, exist_ok=True)
    unfinished = output / f"{options.network}.checkpoint"

    network, seconds = fitted(task, train_set, options, unfinished, device)
    figures = settings(options) | {
        "minutes": round(seconds / 60, 1), "torch": torch.__version__, "held-out pictures": options.held_out,
        "of these attacked": options.attacked, "measure": task.measure,
    }
    torch.save(network.state_dict(), output / f"{options.network}.pt")
    unfinished.unlink(missing_ok=True)
    for name, radius, steps, count in [
        ("clean", 0, 0, options.held_out),
        ("attack of 3 steps", options.epsilon, 3, options.attacked),
        ("attack of 20 steps", options.epsilon, 20, options.attacked),
        ("attack of 20 steps, epsilon 1", 1, 20, options.attacked),
    ]:
        pictures, targets = held_out
        part = (pictures[:count], targets[:count])
        figures[name] = round(measured(task, network, part, radius, steps, device), 4)
        print(f"{name}: {figures[name]}", flush=True)
    (output / f"{options.network}-training.json").write_text(json.dumps(figures, indent=2) + "\n")


def parsed():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=TASKS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", default="trained")
    parser.add_argument("--pictures", default="pictures", help="folder where drawn pictures are kept")
    parser.add_argument("--count", type=int, default=72_000, help="training pictures")
    parser.add_argument("--held-out", type=int, default=4_800, help="pictures that accuracy is measured on")
    parser.add_argument("--attacked", type=int, default=960, help="of these, the ones that are attacked")
    parser.add_argument("--passes", type=float, default=3, help="how often each picture is seen")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, help="the largest learning rate; the task's by default")
    parser.add_argument("--epsilon", type=float, help="radius of the attack; the task's by default")
    parser.add_argument("--attack-steps", type=int, help="steps of the attack; the task's by default")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    options = parser.parse_args()
    for name in ["rate", "epsilon", "attack_steps"]:
        if getattr(options, name) is None:
            setattr(options, name, getattr(TASKS[options.network], name))
    return options


def settings(options):
    """What the weights follow from, beside processor, threads and version of PyTorch."""
    return {
        "network": options.network, "seed": options.seed, "pictures": options.count, "passes": options.passes,
        "batch": options.batch, "rate": options.rate, "epsilon": options.epsilon,
        "training steps of the attack": options.attack_steps,
    }


def fitted(task, train_set, options, unfinished, device):
    """The network with averaged weights, trained on attacked pictures, and the seconds that took.

    Goes on from the file `unfinished` if there is one.
    """
    pictures, targets = train_set
    network = task.build().to(device, memory_format=torch.channels_last)
    average = copy.deepcopy(network)
    optimizers = task.optimizers(network, options.rate)
    steps = int(options.passes * len(pictures) / options.batch)
    schedules = [torch.optim.lr_scheduler.OneCycleLR(each, options.rate, steps, pct_start=0.2) for each in optimizers]
    order = PictureOrder(len(pictures), options.seed)
    checkpoint = Checkpoint(unfinished, settings(options), [network, average, *optimizers, *schedules, order])
    first, started = checkpoint.restored_step(), time.time()
    for step in range(first, steps):
        batch = order.batch(options.batch)
        x = as_input(pictures[batch], device)
        y = torch.as_tensor(targets[batch], device=device)
        # A network that knows nothing yet learns little from attacks: the ball grows from nothing.
        done = step / steps
        radius = options.epsilon * min(1.0, max(0.0, (done - task.attacked_from) / task.growth))

        if radius > 0:
            network.eval().requires_grad_(False)
            with mixed_precision(device):
                x = attacked(lambda z: network(z).float(), task.loss, x, y, radius, options.attack_steps)
        network.train().requires_grad_(True)
        with mixed_precision(device):
            loss = task.loss(network(x).float(), y).mean()
        network.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        for each in [*optimizers, *schedules]:
            each.step()
        follow(average, network, min(0.998, step / (step + 50)))
        if step % 50 == 0 or step + 1 == steps:
            left = (time.time() - started) / (step + 1 - first) * (steps - step - 1) / 60
            print(f"step {step} of {steps}, loss {loss.item():.4f}, {left:.1f} min left", flush=True)
        checkpoint.reached(step + 1)
    return average.eval().requires_grad_(False), checkpoint.elapsed()


def as_input(pictures, device):
    """uint8 [N, H, W, C] as float [N, C, H, W] in 0…1."""
    x = torch.from_numpy(np.array(pictures)).to(device).permute(0, 3, 1, 2)
    return x.float().div_(255).contiguous(memory_format=torch.channels_last)


def mixed_precision(device):
    return torch.autocast(device, dtype=torch.bfloat16)


def follow(average, network, share):
    """Moves the averaged weights and statistics towards the current ones."""
    current = network.state_dict()
    for name, value in average.state_dict().items():
        if value.is_floating_point():
            value.lerp_(current[name], 1 - share)
        else:
            value.copy_(current[name])


def measured(task, network, held_out, epsilon, steps, device):
    """The mean of the task's measure over the held-out pictures, attacked unless `steps` is 0; float32."""
    pictures, targets = held_out
    generator_state = torch.get_rng_state()
    torch.manual_seed(0)
    total = 0.0
    for start in range(0, len(pictures), 200):
        x = as_input(pictures[start:start + 200], device)
        y = torch.as_tensor(targets[start:start + 200], device=device)
        if steps:
            x = attacked(network, task.loss, x, y, epsilon, steps)
        total += task.correct(network(x), y).sum().item()
    torch.set_rng_state(generator_state)
    return total / len(pictures)


if __name__ == "__main__":
    main()
