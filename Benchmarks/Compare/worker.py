"""What every peer's process has in common: it obeys commands on standard input, a line of JSON each.

A worker is started as `python NAME_worker.py CONFIGURATION FOLDER BATCH THREADS`. {"command": "step", "count": n,
"seconds": s} answers the seconds of n single steps, or of at least two where n would take longer than s; "check"
answers logits' and gradient's relative errors; "memory" the largest resident size so far, in MB. Answers go to what
was standard output; whatever else a framework prints goes to standard error.
"""

import json
import os
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass
class Task:
    """What a worker was started for."""

    configuration: str
    folder: Path
    batch: int
    threads: int

    @staticmethod
    def of_arguments():
        configuration, folder, batch, threads = sys.argv[1:5]
        return Task(configuration, Path(folder), int(batch), int(threads))

    def input(self):
        return np.load(self.folder / "input.npy")[: self.batch]


def relative_error(values, reference):
    return float(np.linalg.norm(values - reference) / np.linalg.norm(reference))


def largest_error(values, reference):
    return float(np.abs(values - reference).max() / np.abs(reference).max())


def check(folder, result):
    """Relative errors, in the L2 norm and the largest, of the first picture's logits and gradient [H, W, C] against float64."""
    reference = np.load(folder / "reference.npz")
    logits, gradient = (np.asarray(array, dtype=np.float64) for array in result)
    return {
        "logits": relative_error(logits[0], reference["logits"][0]),
        "gradient": relative_error(gradient[0], reference["gradient"][0]),
        "logitsLargest": largest_error(logits[0], reference["logits"][0]),
        "gradientLargest": largest_error(gradient[0], reference["gradient"][0]),
    }


def timed(step, count, limit):
    seconds = []
    while len(seconds) < count and (len(seconds) < 2 or sum(seconds) < limit):
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    return seconds


def serve(task, step, arrays):
    """Obeys until standard input ends.

    `step()` does one step and leaves nothing to be computed later; `arrays(result)` makes NumPy's logits [N, 1000]
    and gradient [N, H, W, C] of what it returned.
    """
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(value):
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    result = step()
    step()
    answer("ready")
    for line in sys.stdin:
        command = json.loads(line)
        match command["command"]:
            case "step":
                answer(timed(step, command["count"], command["seconds"]))
            case "check":
                answer(check(task.folder, arrays(result)))
            case "memory":
                answer(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)
