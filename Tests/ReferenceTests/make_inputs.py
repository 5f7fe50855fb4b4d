"""Writes the random inputs that the right values of small files were computed for: NumPy's generator of seed 7.

    python3 make_inputs.py      # needs numpy; writes Fixtures/
"""

import pathlib

import numpy

folder = pathlib.Path(__file__).parent / "Fixtures"
folder.mkdir(exist_ok=True)
for shape in [(1, 3, 32, 48)]:
    numbers = numpy.random.default_rng(7).uniform(-1, 1, shape).astype(numpy.float32)
    numpy.save(folder / f"uniform-{'x'.join(map(str, shape))}.npy", numbers)
