"""What the numbers were measured with, in a line."""

import platform
from importlib import metadata
from pathlib import Path

PACKAGES = ("torch", "tensorflow-cpu", "tensorflow", "keras", "tf-keras-vis", "torch-lucent")


def processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    values = dict(line.split("\t: ", 1) for line in map(lambda line: line.replace("\t\t:", "\t:"), lines) if "\t: " in line)
    return f"{values.get('model name', platform.machine())}, family {values.get('cpu family')}, model {values.get('model')}"


def description(threads):
    versions = []
    for name in PACKAGES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            pass
    return f"{processor()}; {threads} threads; Python {platform.python_version()}, {', '.join(versions)}"
