"""Makes the files of Fixtures/: tensors whose element i (row-major) is (i % 17) / 4 - 2.

`sliced` is the first 13 columns of such a tensor of 40 columns.

Needs torch, numpy and safetensors:  python make_fixtures.py
"""

import argparse
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import json
import os
import pathlib
import pickle
import random
import uuid
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


class Shell:
    """Several things that are there to be run."""

    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


class Phase(enum.Enum):
    TRAIN = 1


class Options(dict):
    """A dictionary of a class of its own, as configuration libraries have them."""


@dataclasses.dataclass
class Settings:
    rate: float = 0.1


class Point(collections.namedtuple("Point", "x y")):
    pass


def beside():
    """What training scripts leave beside the weights; nothing of it has anything to do with tensors."""
    counts = collections.defaultdict(list)
    counts["losses"].append(0.5)
    return {
        "args": argparse.Namespace(rate=0.1, path=pathlib.PurePosixPath("/tmp/x")),
        "best": numpy.float64(93.2),
        "integer": numpy.int64(3),
        "array": numpy.arange(3.0),
        "random": (random.getstate(), numpy.random.RandomState(0).get_state()),
        "when": datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc),
        "span": datetime.timedelta(seconds=5),
        "where": pathlib.PurePosixPath("/data"),
        "counts": counts,
        "counter": collections.Counter("abca"),
        "deque": collections.deque([1, 2], maxlen=3),
        "phase": Phase.TRAIN,
        "options": Options(lr=0.1, nested=Options(a=1)),
        "settings": Settings(),
        "point": Point(1, 2),
        "set": {1, 2},
        "frozen": frozenset([1]),
        "bytes": b"\x00\xff",
        "complex": 1j,
        "decimal": decimal.Decimal("1.5"),
        "fraction": fractions.Fraction(1, 3),
        "uuid": uuid.UUID(int=5),
        "range": range(3),
        "slice": slice(1, 2),
        "large": 1 << 200,
        "size": torch.Size([2, 3]),
        "device": torch.device("cpu"),
        "dtype": torch.float32,
        "license": "CC0",
    }


def checkpoints():
    """Weights as training scripts nest and wrap them."""
    weights = OrderedDict([("a", ramp(3)), ("b.c", ramp(2, 2))])
    prefixed = OrderedDict((f"module._orig_mod.{key}", value) for key, value in weights.items())
    optimizer = torch.optim.Adam([torch.nn.Parameter(ramp(3))])
    optimizer.param_groups[0]["params"][0].grad = ramp(3)
    optimizer.step()
    everything = {**beside(), "optimizer": optimizer.state_dict(), "loss": torch.tensor(1.0)}
    torch.save({**everything, "net": prefixed}, FOLDER / "beside.pt")
    torch.save({**everything, "net": prefixed}, FOLDER / "beside_protocol4.pt", pickle_protocol=4)
    torch.save(
        {**everything, "net": prefixed}, FOLDER / "beside.pth", _use_new_zipfile_serialization=False
    )
    averaged = OrderedDict((key, value + 1) for key, value in weights.items())
    torch.save({"params": weights, "params_ema": averaged}, FOLDER / "averaged.pt")
    torch.save({"student": weights, "teacher": averaged}, FOLDER / "teacher.pt")
    torch.save((Options(deep=Options(inner=weights)), {"epoch": 1}), FOLDER / "deep.pt")
    linear = torch.nn.Linear(2, 2)
    torch.save({"model": linear, "epoch": 3}, FOLDER / "module_nested.pt")
    torch.save({"criterion": linear, "state_dict": weights}, FOLDER / "module_beside.pt")
    torch.jit.script(linear).save(FOLDER / "program.ts")
    torch.export.save(torch.export.export(linear, (ramp(1, 2),)), FOLDER / "program.pt2")
    commands = {
        "a": ramp(2),
        "b": Shell(os.system, "exit"),
        "c": Shell(eval, "0"),
        "d": Shell(os.system, "exit"),
    }
    torch.save(commands, FOLDER / "commands.pt")


def types():
    """Numbers of every type that is read, and of some that are not."""
    numbers = [0.5, 1.0, 448.0]
    read = OrderedDict(
        (str(dtype).removeprefix("torch."), torch.tensor(numbers).to(dtype))
        for dtype in [torch.float8_e4m3fn, torch.float8_e5m2, torch.uint16, torch.uint32, torch.uint64]
    )
    save_file(read, FOLDER / "types.safetensors", metadata={"license": "CC0", "a \"key\"": "b\n"})
    unread = {
        "complex": torch.zeros(2, dtype=torch.complex64),
        "sparse": torch.eye(2).to_sparse(),
        "quantized": torch.quantize_per_tensor(torch.zeros(2), 1.0, 0, torch.qint8),
    }
    torch.save({**read, **unread}, FOLDER / "types.pt")


def shards():
    """Weights in two files, as Hugging Face's libraries cut them."""
    parts = [{"a": ramp(3)}, {"b.c": ramp(2, 2), "d": ramp(1)}]
    for kind, save, ending in [
        ("model", lambda tensors, path: save_file(tensors, path, metadata={"format": "pt"}), "safetensors"),
        ("pytorch_model", torch.save, "bin"),
    ]:
        folder = FOLDER / f"{kind}_shards"
        folder.mkdir(exist_ok=True)
        places = {}
        for number, tensors in enumerate(parts, 1):
            name = f"{kind}-{number:05}-of-{len(parts):05}.{ending}"
            save(tensors, folder / name)
            places.update({key: name for key in tensors})
        index = {"metadata": {"total_size": 32, "license": "CC0"}, "weight_map": places}
        (folder / f"{kind}.{ending}.index.json").write_text(json.dumps(index, indent=2) + "\n")


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
    torch.save(torch.fx.symbolic_trace(torch.nn.Linear(2, 2)), FOLDER / "module_traced.pt")
    torch.save([ramp(2)], FOLDER / "list.pt")
    with open(FOLDER / "other.pkl", "wb") as file:
        pickle.dump({"weight": [1, 2]}, file, protocol=2)
    save_file(
        {name: tensor.detach().contiguous() for name, tensor in tensors.items()},
        FOLDER / "tensors.safetensors",
        metadata={"format": "pt"},
    )
    checkpoints()
    types()
    shards()


if __name__ == "__main__":
    main()
