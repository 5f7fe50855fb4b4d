"""What the numbers were measured with, in a line."""

import platform
from importlib import metadata
from pathlib import Path

PACKAGES = ("torch", "tensorflow-cpu", "tensorflow", "keras", "tf-keras-vis", "torch-lucent")


def processor():
    """As Linux describes its first; elsewhere as Python does."""
    try:
        first = Path("/proc/cpuinfo").read_text().split("\n\n")[0]
    except OSError:
        return platform.processor()
    pairs = (line.split(":", 1) for line in first.splitlines() if ":" in line)
    values = {key.strip(): value.strip() for key, value in pairs}
    name, family, model = (values.get(key, "?") for key in ("model name", "cpu family", "model"))
    return f"{name} (family {family}, model {model})"


def description(threads):
    versions = []
    for name in PACKAGES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            pass
    return f"{processor()}; {threads} threads; Python {platform.python_version()}, {', '.join(versions)}"
