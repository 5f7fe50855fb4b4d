"""Runs every case with two tools and prints what differs: compare.py BEFORE AFTER FOLDER."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cases import Case, cases
from png import pixels

# What a report holds that is no result.
NO_RESULTS = {"seconds", "file"}
NUMBER = (int, float)


def draw(tool: str, case: Case, folder: Path) -> str:
    """Draws pictures and a report into the folder; the error of a run that fails."""
    folder.mkdir(parents=True)
    outputs = ["--output", str(folder), "--report", str(folder / "report.json")]
    run = subprocess.run([tool, *case.command, *outputs], capture_output=True, text=True)
    if run.returncode == 0:
        return ""
    errors = [line for line in run.stderr.splitlines() if line.startswith("Error")]
    return errors[0] if errors else f"status {run.returncode}"


def picture_difference(before: Path, after: Path) -> str:
    """Of two files: nothing if their bytes are the same, or the largest difference of a channel of 0…255."""
    if before.read_bytes() == after.read_bytes():
        return ""
    (shape, first), (other, second) = pixels(before), pixels(after)
    if shape != other:
        return f"size {shape} and {other}"
    largest = max((abs(x - y) for x, y in zip(first, second)), default=0)
    return f"{largest} of 255" if largest else "the file, not the pixels"


def values(report: object, path: str = "") -> dict[str, object]:
    """Numbers and words of a report by their places."""
    if isinstance(report, dict):
        children = [(name, value) for name, value in report.items() if name not in NO_RESULTS]
    elif isinstance(report, list):
        children = list(enumerate(report))
    else:
        return {path: report}
    return {place: value for name, child in children for place, value in values(child, f"{path}/{name}").items()}


def report_difference(before: Path, after: Path) -> str:
    """Of two reports: nothing if they say the same, or the largest difference of a number relative to its size."""
    first, second = (values(json.loads(file.read_text())) for file in (before, after))
    places = sorted(first.keys() ^ second.keys())
    if places:
        return f"{len(places)} entries that one of them lacks, {places[0]} first"
    differing = [place for place in first if first[place] != second[place]]
    if not differing:
        return ""
    pairs = [(first[place], second[place]) for place in differing]
    numbers = [(x, y) for x, y in pairs if isinstance(x, NUMBER) and isinstance(y, NUMBER)]
    if not numbers:
        return f"{differing[0]}: {pairs[0][0]} and {pairs[0][1]}"
    largest = max(abs(x - y) / max(abs(x), abs(y)) for x, y in numbers)
    return f"{largest:.1e} relative, {differing[0]} first"


def difference(before: Path, after: Path) -> tuple[int, list[str]]:
    """The number of pictures that were compared, and what differs."""
    names = sorted(file.name for folder in (before, after) for file in folder.glob("*.png"))
    found = []
    for name in dict.fromkeys(names):
        if names.count(name) < 2:
            found.append(f"{name} is missing in one")
        elif text := picture_difference(before / name, after / name):
            found.append(f"{name}: {text}")
    if text := report_difference(before / "report.json", after / "report.json"):
        found.append(f"report: {text}")
    return len(set(names)), found


def main() -> int:
    tools, folder = sys.argv[1:3], Path(sys.argv[3])
    compared = pictures = failed = 0
    everything = cases(tools[0])
    width = max(len(case.name) for case in everything)
    with ThreadPoolExecutor() as pool:
        for number, case in enumerate(everything):
            folders = [folder / str(number) / side for side in ("before", "after")]
            errors = list(pool.map(draw, tools, [case, case], folders))
            if errors[0]:
                raise SystemExit(f"{case.name}: the tool before fails: {errors[0]}")
            count, found = (0, [errors[1]]) if errors[1] else difference(*folders)
            pictures += count
            compared += 1
            failed += bool(found)
            print(f"{case.name:{width}}  {'; '.join(found) or f'{count} equal'}", flush=True)
    print(f"{compared - failed} of {compared} cases equal, {pictures} pictures")
    return 1 if failed else 0


sys.exit(main())
