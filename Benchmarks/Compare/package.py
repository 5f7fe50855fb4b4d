"""This package's side: the command-line tool in release configuration."""

import json
import subprocess
import sys

from networks import UNIT
from processes import FOLDER, run

NAME = "featurevis"
# The mean and deviation of ImageNet's pictures, as torchvision's weights want them.
PREPROCESSING = "--range 0,1 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 --channel-order RGB".split()


class Package:
    def __init__(self, tool, threads, log):
        self.tool, self.threads, self.log = tool, threads, log

    def benchmark(self, network, side, steps, batch=1, threads=None, *options):
        command = [self.tool, "benchmark", "--architecture", network, "--size", str(side), "--unit", str(UNIT)]
        command += ["--steps", str(steps), "--batch", str(batch), "--threads", str(threads or self.threads)]
        return json.loads(run([*command, *options, "--json"], self.threads, self.log).output)

    def check(self, folder, *options):
        """Relative errors of logits and gradient against float64, of the weights that the peers read."""
        logits, gradient = folder / "logits.npy", folder / "gradient.npy"
        command = [self.tool, "run", folder / "weights.safetensors", "--architecture", folder.name]
        command += ["--input", folder / "picture.npy", "--layer=-1", "--output", logits]
        run([*command, "--unit", str(UNIT), "--gradient", gradient, *options], self.threads, self.log)
        checked = subprocess.run(
            [sys.executable, FOLDER / "check.py", folder, logits, gradient], capture_output=True, check=True
        )
        return json.loads(checked.stdout)

    def picture(self, folder, side, steps, picture):
        """From weights in a file to a picture in a file."""
        command = [self.tool, "visualize", folder / "weights.safetensors", "--architecture", folder.name]
        command += ["--units", str(UNIT), "--preset", "keras-vis", "--jitter", "16", "--size", str(side)]
        command += ["--steps", str(steps), *PREPROCESSING]
        return run([*command, "--output", picture], self.threads, self.log)
