"""Processes of the peers: long-lived workers, and programs that run once."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


def environment(threads):
    """The caller's, without settings of BLAS that would favour or hinder one side."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENBLAS_", "GOTO_", "MKL_", "OMP_"))}
    return kept | {"OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads)}


class Worker:
    """A peer's process with its network loaded, waiting for commands."""

    def __init__(self, peer, configuration, network_folder, batch, threads, log):
        self.peer, self.configuration, self.log = peer, configuration, log
        self.process = subprocess.Popen(
            [sys.executable, FOLDER / f"{peer}_worker.py", configuration, network_folder, str(batch), str(threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log.open("w"),
            text=True,
            env=environment(threads),
        )

    def started(self):
        """Whether it has its network and has done its first steps."""
        return self.process.stdout.readline() != ""

    def ask(self, command, **arguments):
        self.process.stdin.write(json.dumps({"command": command, **arguments}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.peer} {self.configuration} has ended; see {self.log}")
        return json.loads(line)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


@dataclass
class Outcome:
    """What a program that ran once printed, how long it took and how much memory it had."""

    output: str
    seconds: float
    megabytes: float


def run(command, threads, log):
    start = time.perf_counter()
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment(threads)
        )
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} failed; see {log}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Outcome(output, time.perf_counter() - start, usage.ru_maxrss * unit / 1e6)
