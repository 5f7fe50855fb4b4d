"""What an interrupted training goes on from."""

import os
import time

import numpy as np
import torch


class PictureOrder:
    """Every picture once a pass, in an order that follows from the seed."""

    def __init__(self, count, seed):
        self.count, self.left, self.rng = count, [], np.random.default_rng(seed)

    def batch(self, size):
        """The numbers of the next pictures, sorted."""
        if len(self.left) < size:
            self.left = self.rng.permutation(self.count).tolist()
        return sorted(self.left.pop() for _ in range(size))

    def state_dict(self):
        return {"left": torch.tensor(self.left), "rng": self.rng.bit_generator.state}

    def load_state_dict(self, state):
        self.left, self.rng.bit_generator.state = state["left"].tolist(), state["rng"]


class Checkpoint:
    """A file with the state of everything that training changes, written every few minutes.

    parts: what has `state_dict` and `load_state_dict`; settings: what has to be the same to go on.
    """

    INTERVAL = 120
    """Seconds between two writings."""

    def __init__(self, file, settings, parts):
        self.file, self.settings, self.parts = file, settings, parts
        self.seconds, self.since = 0.0, time.time()
        self.written = self.since

    def restored_step(self):
        """The step to go on with; 0 without a file of the same settings."""
        if not self.file.exists():
            return 0
        state = torch.load(self.file, weights_only=True)
        if state["settings"] != self.settings:
            raise SystemExit(f"{self.file}: of another training ({state['settings']}); delete it to begin anew")
        for part, saved in zip(self.parts, state["parts"], strict=True):
            part.load_state_dict(saved)
        torch.set_rng_state(state["generator"])
        self.seconds = state["seconds"]
        return state["step"]

    def elapsed(self):
        """Seconds of training, those before interruptions included."""
        return self.seconds + time.time() - self.since

    def reached(self, step):
        """Writes the file, if it is time, so that `step` comes next."""
        if time.time() - self.written < self.INTERVAL:
            return
        state = {
            "step": step, "settings": self.settings, "seconds": self.elapsed(), "generator": torch.get_rng_state(),
            "parts": [part.state_dict() for part in self.parts],
        }
        unfinished = self.file.with_suffix(".unfinished")
        torch.save(state, unfinished)
        os.replace(unfinished, self.file)
        self.written = time.time()
