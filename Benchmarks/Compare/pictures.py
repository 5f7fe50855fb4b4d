"""Whole visualizations: every library's own loop, from the start of its process to a picture in a file."""

import json
import statistics
import sys

from networks import SIDES
from package import NAME
from processes import FOLDER, run

LIBRARIES = ("pytorch", "tensorflow", "lucent", "tf_keras_vis")


def draw(library, network, setting):
    """Seconds of the optimisation, seconds and memory of the process."""
    folder = setting.networks / network
    picture, log = setting.folder / f"{network}-{library}.png", setting.log(f"picture-{network}-{library}")
    if library == NAME:
        outcome = setting.package.picture(folder, SIDES[network], setting.picture_steps, picture)
        report = setting.package.benchmark(
            network, SIDES[network], setting.picture_steps, 1, None, "--visualization"
        )
        return report["visualization"]["seconds"], outcome.seconds, outcome.megabytes
    program = [sys.executable, FOLDER / f"{library}_picture.py", folder]
    outcome = run([*program, str(setting.picture_steps), str(setting.threads), picture], setting.threads, log)
    return json.loads(outcome.output.splitlines()[-1])["seconds"], outcome.seconds, outcome.megabytes


def compare_pictures(network, setting):
    rounds = {library: [] for library in (*LIBRARIES, NAME)}
    for number in range(setting.picture_rounds):
        for library in rounds:
            setting.say(f"{network}: picture of {library}, round {number + 1} of {setting.picture_rounds}")
            rounds[library].append(draw(library, network, setting))
    return [record(network, library, setting.picture_steps, drawn) for library, drawn in rounds.items()]


def record(network, library, steps, drawn):
    optimisation, whole, megabytes = zip(*drawn)
    return {
        "kind": "picture",
        "network": network,
        "peer": library,
        "steps": steps,
        "visualizationSeconds": statistics.median(optimisation),
        "firstPictureSeconds": statistics.median(whole),
        "peakMegabytes": max(megabytes),
    }
