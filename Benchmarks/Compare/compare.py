"""Runs the comparison; `Benchmarks/compare` calls it in its environment."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import machine
from accuracy import measure_accuracy
from networks import SIDES
from package import Package
from pictures import compare_pictures
from processes import FOLDER
from report import text
from roofline import measure_roofline
from scaling import LONG_RUN, scale
from steps import compare_steps


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/compare", description=__doc__)
    parser.add_argument("--networks", default=",".join(SIDES), help="names, apart by commas")
    parser.add_argument("--batches", default="1,8", help="batches of single steps; none skips them")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5, help="rounds in which all peers take their turn")
    parser.add_argument("--steps", type=int, default=10, help="steps of a turn, at most")
    parser.add_argument("--turn", type=float, default=2, help="seconds of a turn, but for two steps at least")
    parser.add_argument("--picture-rounds", type=int, default=3, help="rounds of whole visualizations; 0 skips them")
    parser.add_argument("--picture-steps", type=int, default=64, help="steps of a visualization")
    parser.add_argument("--scaling", action="store_true", help="this package's batch, threads, size, endurance, too")
    parser.add_argument("--scaling-network", default="googlenet")
    parser.add_argument("--long-run", type=int, default=LONG_RUN, help="steps of the endurance run")
    parser.add_argument("--markdown", action="store_true", help="print Markdown")
    parser.add_argument("--output", type=Path, help="where the JSON goes; .build/compare/results.json unless given")
    parser.add_argument("--from", dest="source", type=Path, help="print the tables of such a file; measure nothing")
    parser.add_argument("--tool", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


class Setting:
    """What is measured, with what, and where things lie."""

    def __init__(self, options):
        self.folder = options.folder
        self.networks = options.folder / "networks"
        self.logs = options.folder / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.threads, self.rounds = options.threads, options.rounds
        self.steps, self.turn = options.steps, options.turn
        self.picture_rounds, self.picture_steps = options.picture_rounds, options.picture_steps
        self.long_run = options.long_run
        self.package = Package(options.tool, options.threads, self.log("featurevis"))

    def log(self, name):
        return self.logs / f"{name}.log"

    @staticmethod
    def say(words):
        print(words, file=sys.stderr, flush=True)


def measure(options, setting):
    networks = options.networks.split(",")
    unknown = [name for name in networks if name not in SIDES]
    if unknown:
        raise SystemExit(f"no networks here: {', '.join(unknown)}; there are {', '.join(SIDES)}")
    subprocess.run([sys.executable, FOLDER / "prepare.py", setting.networks, *networks], check=True)
    records = []
    for network in networks:
        for batch in [int(batch) for batch in options.batches.split(",") if batch != "none"]:
            records += compare_steps(network, batch, setting)
        if setting.picture_rounds:
            records += compare_pictures(network, setting)
        records.append(measure_roofline(network, setting))
        records += measure_accuracy(network, setting)
        yield records
    if options.scaling:
        records += scale(options.scaling_network, setting)
        yield records


def main():
    options = arguments()
    if options.source:
        print(text(json.loads(options.source.read_text()), options.markdown))
        return
    setting = Setting(options)
    output = options.output or options.folder / "results.json"
    results = {"machine": machine.description(options.threads), "records": []}
    # After every network, so that a long comparison that is cut off leaves what it has.
    for records in measure(options, setting):
        results["records"] = records
        output.write_text(json.dumps(results, indent=1) + "\n")
    print(text(results, options.markdown))


if __name__ == "__main__":
    main()
