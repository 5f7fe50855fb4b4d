"""Makes the files of Fixtures/: tensors whose element i (row-major) is (i % 17) / 4 - 2.

`sliced` is the first 13 columns of such a tensor of 40 columns.

Needs torch, numpy and safetensors:  python make_fixtures.py
"""

import pickle
from collections import OrderedDict
from pathlib import Path

import numpy
import torch
from safetensors.torch import save_file

FOLDER = Path(__file__).parent / "Fixtures"


def ramp(*shape, dtype=torch.float32):
    count = int(torch.tensor(shape).prod())
    return ((torch.arange(count) % 17) / 4 - 2).reshape(shape).to(dtype)


class Rectifier:
    """Something that a checkpoint may hold and that no reader of tensors may run."""

    def __reduce__(self):
        return (print, ("run while it was read",))


def every_kind():
    """Contiguous, transposed and sliced tensors, and every floating-point type, next to a counter."""
    base = ramp(2, 40)
    return OrderedDict(
        [
            ("conv.weight", ramp(4, 3, 2, 2)),
            ("transposed", ramp(5, 3).t().contiguous().t()),
            ("sliced", torch.cat([torch.zeros(2, 1), base[:, :13], torch.ones(2, 3)], 1)[:, 1:14]),
            ("half", ramp(3, 3, dtype=torch.float16)),
            ("brain", ramp(3, 3, dtype=torch.bfloat16)),
            ("double", ramp(7, dtype=torch.float64)),
            ("parameter", torch.nn.Parameter(ramp(2, 2))),
            ("scalar", torch.tensor(-2.0)),
            ("empty", torch.zeros(0, 3)),
            ("num_batches_tracked", torch.tensor(3)),
        ]
    )


def main():
    FOLDER.mkdir(exist_ok=True)
    tensors = every_kind()
    torch.save(tensors, FOLDER / "archive.pt")
    torch.save(tensors, FOLDER / "legacy.pth", _use_new_zipfile_serialization=False)
    nested = {"epoch": 3, "accuracy": 0.5, "model": {"module.a": ramp(3), "module.b.c": ramp(2, 2)}}
    torch.save(nested, FOLDER / "nested.pt")
    torch.save(nested, FOLDER / "nested.th", _use_new_zipfile_serialization=False)
    shared = ramp(3, 4)
    torch.save({"tied": shared, "row": shared[1], "again": shared}, FOLDER / "shared.pt")
    torch.save(
        {"tied": shared, "row": shared[1], "again": shared},
        FOLDER / "shared.pth",
        _use_new_zipfile_serialization=False,
    )
    torch.save({"weight": ramp(1).expand(1000, 1000)}, FOLDER / "expanded.pt")
    torch.save({"weight": ramp(2), "extra": Rectifier()}, FOLDER / "forbidden.pt")
    torch.save({"weight": ramp(2), "best": numpy.float64(1)}, FOLDER / "forbidden_scalar.pt")
    torch.save(torch.nn.Linear(2, 2), FOLDER / "module.pt")
    torch.save([ramp(2)], FOLDER / "list.pt")
    with open(FOLDER / "other.pkl", "wb") as file:
        pickle.dump({"weight": [1, 2]}, file, protocol=2)
    save_file(
        {name: tensor.detach().contiguous() for name, tensor in tensors.items()},
        FOLDER / "tensors.safetensors",
        metadata={"format": "pt"},
    )


if __name__ == "__main__":
    main()
