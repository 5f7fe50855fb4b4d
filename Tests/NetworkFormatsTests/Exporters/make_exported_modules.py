"""Exports the modules of exported_modules.py through each of PyTorch's exporters.

usage: make_exported_modules.py FOLDER [MODULE ...]

For each module a folder: `<exporter>-<operator set>[-free].onnx`, where `free` files have free axes, and
`input_<i>.npy`, `output_<i>.npy` and `gradient_<i>.npy`, computed by PyTorch in double precision from the float32
weights. The gradient is that of the sum over all outputs of ((7 i) mod 11 - 5) / 5 times element i. What an exporter
refuses, or writes wrongly, is listed in `refused.txt`, and the versions used in `versions.txt`.

The fixtures beside this script were made with `--fixtures`: a few modules, a few kB each.
Needs torch, onnxscript and onnxruntime. The `classic` exporter is the one by TorchScript, `dynamo` the one by torch.export.
"""

import copy
import logging
import pathlib
import sys
import warnings

import numpy
import onnx
import onnxruntime
import torch

from exported_modules import MODULES

EXPORTERS = [("classic", 9), ("classic", 11), ("classic", 13), ("classic", 17), ("dynamo", 18), ("dynamo", 21), ("dynamo", 23)]
FREE = [("classic", 11), ("classic", 17), ("dynamo", 18), ("dynamo", 23)]
FIXTURES = {
    "pad-reflect": ["classic-11", "classic-17-free"], "conv-circular": ["classic-17-free"],
    "zero-pad": ["classic-9", "dynamo-18"], "norm-group": ["classic-17", "classic-17-free"],
    "squeeze-excite": ["classic-17-free", "dynamo-18-free"], "u-net-resized": ["classic-17-free"],
    "channel-shuffle": ["classic-11", "dynamo-18"], "spectral-norm-hook": ["classic-17"],
    "resize-size": ["classic-11", "dynamo-18"], "pool-average-ceil": ["classic-17"],
    "conv-3d-up-and-down": ["classic-17"], "lstm-both-ways": ["classic-17-free"], "gru": ["classic-11", "dynamo-23-free"],
    "attention-grouped": ["dynamo-23", "dynamo-23-free"], "norm-root-mean-square": ["dynamo-23-free"],
    "attention-causal": ["dynamo-23-free"],
}
REFUSED = []


def name_of(exporter, operator_set, free):
    return f"{exporter}-{operator_set}" + ("-free" if free else "")


def export(module, net, inputs, path, exporter, operator_set, free):
    names = [f"input_{i}" for i in range(len(inputs))]
    axes = {}
    if free:
        for name, tensor in zip(names, inputs):
            axes[name] = {0: "batch"} if module.batch else {}
            if module.sizes and tensor.dim() == 4:
                axes[name] |= {2: "height", 3: "width"}
    arguments = dict(input_names=names, opset_version=operator_set)
    if exporter == "classic":
        torch.onnx.export(net, inputs, path, dynamo=False, dynamic_axes=axes or None, **arguments)
    else:
        # Sizes are hints, since some modules only take even ones.
        shapes = tuple({axis: torch.export.Dim.DYNAMIC for axis in axes[name]} for name in names) if free else None
        if shapes and takes_any_number(net):
            shapes = (shapes,)
        torch.onnx.export(
            net, inputs, path, dynamo=True, dynamic_shapes=shapes, external_data=False, verbose=False, **arguments)


def takes_any_number(net):
    return type(net).__name__ == "Plain"


def make(name, folder, wanted=None):
    module = MODULES[name]
    torch.manual_seed(sum(map(ord, name)))
    net = module.build().eval()
    for norm in net.modules():
        if getattr(norm, "running_mean", None) is not None:
            norm.running_mean.uniform_(-0.5, 0.5)
            norm.running_var.uniform_(0.5, 1.5)
    generator = numpy.random.default_rng(7)
    arrays = [generator.uniform(-1, 1, shape).astype(numpy.float32) for shape in module.shapes]
    if module.half:
        net = net.half()
        arrays = [array.astype(numpy.float16).astype(numpy.float32) for array in arrays]
    folder.mkdir(parents=True, exist_ok=True)

    precise = copy.deepcopy(net).double()
    inputs = [torch.from_numpy(array).double().requires_grad_() for array in arrays]
    default = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    outputs = precise(*inputs)
    torch.set_default_dtype(default)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    total = 0
    for output in outputs:
        weights = (torch.arange(output.numel()) * 7 % 11 - 5) / 5
        total = total + (output.flatten() * weights).sum()
    total.backward()
    for i, (array, tensor) in enumerate(zip(arrays, inputs)):
        numpy.save(folder / f"input_{i}.npy", array)
        numpy.save(folder / f"gradient_{i}.npy", tensor.grad.numpy().astype(numpy.float32))
    for i, output in enumerate(outputs):
        numpy.save(folder / f"output_{i}.npy", output.detach().numpy().astype(numpy.float32))

    def fed():
        tensors = [torch.from_numpy(array) for array in arrays]
        if module.half:
            tensors = [tensor.half() for tensor in tensors]
        if module.channels_last:
            net.to(memory_format=torch.channels_last)
            tensors = [tensor.to(memory_format=torch.channels_last) for tensor in tensors]
        return tuple(tensors)

    for free, exporters in [(False, EXPORTERS), (True, FREE)]:
        for exporter, operator_set in exporters:
            title = name_of(exporter, operator_set, free)
            if wanted is not None and title not in wanted:
                continue
            path = folder / f"{title}.onnx"
            try:
                export(module, net, fed(), str(path), exporter, operator_set, free)
            except Exception as error:  # Whatever an exporter throws is its refusal.
                path.unlink(missing_ok=True)
                REFUSED.append(f"{name} {title}: {type(error).__name__}: {str(error).strip().splitlines()[:1]}")
                continue
            strip(path)
            if error := error_in_onnxruntime(path, arrays, outputs):
                path.unlink()
                REFUSED.append(f"{name} {title}: the file computes something else, {error}")


def error_in_onnxruntime(path, arrays, outputs):
    """How far a file's results in onnxruntime are from PyTorch's, where that is far: set 9 has no bilinear resizing
    like PyTorch's, for instance, and the exporter writes another one. Nothing where onnxruntime does not run it."""
    try:
        session = onnxruntime.InferenceSession(str(path))
        half = "float16" in session.get_inputs()[0].type
        feeds = {f"input_{i}": array.astype(numpy.float16) if half else array for i, array in enumerate(arrays)}
        results = session.run(None, feeds)
    except Exception:
        return None
    pairs = [(result.astype(float), output.detach().numpy()) for result, output in zip(results, outputs)]
    error = max(abs(result - output).max() / abs(output).max() for result, output in pairs)
    return error if error > 1e-2 else None


def strip(path):
    """Takes out what no reader needs: where in the source each node comes from."""
    model = onnx.load(path)
    del model.metadata_props[:]
    model.doc_string = ""
    del model.graph.value_info[:]
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    for function in model.functions:
        for node in function.node:
            node.doc_string = ""
            del node.metadata_props[:]
    onnx.save(model, path)


def main():
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    torch.set_num_threads(1)
    onnxruntime.set_default_logger_severity(4)
    arguments = sys.argv[1:]
    if arguments == ["--fixtures"]:
        folder = pathlib.Path(__file__).parent / "ExportedModules"
        wanted = FIXTURES
    else:
        folder = pathlib.Path(arguments[0])
        wanted = {name: None for name in arguments[1:] or MODULES}
    for name, titles in wanted.items():
        make(name, folder / name, titles)
        print(name, flush=True)
    for line in REFUSED:
        print("REFUSED", line)
    if arguments != ["--fixtures"]:
        with open(folder / "refused.txt", "a") as file:
            file.writelines(line + "\n" for line in REFUSED)
        import onnxscript
        (folder / "versions.txt").write_text(f"torch {torch.__version__}\nonnxscript {onnxscript.__version__}\n")


if __name__ == "__main__":
    main()
