"""What the programs have in common that draw one picture and end.

    python NAME_picture.py FOLDER STEPS THREADS PICTURE.png

Each maximises one logit under total variation and an L6 norm, with jitter of 16 pixels and RMSProp or the library's
own optimizer, writes the picture, and prints the seconds of the optimisation alone. The whole process is timed from
outside.
"""

import json
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from networks import SIDES

JITTER = 16
WEIGHT = 10.0
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


@dataclass
class Task:
    folder: Path
    steps: int
    threads: int
    picture: Path

    @staticmethod
    def of_arguments():
        folder, steps, threads, picture = sys.argv[1:5]
        return Task(Path(folder), int(steps), int(threads), Path(picture))

    @property
    def side(self):
        return SIDES[self.folder.name]


@contextmanager
def timed():
    """Prints how long the body took."""
    start = time.perf_counter()
    yield
    print(json.dumps({"seconds": time.perf_counter() - start}))


def save(path, pixels):
    """Writes [H, W, C] in 0...255."""
    from PIL import Image

    Image.fromarray(pixels.clip(0, 255).astype("uint8")).save(path)
