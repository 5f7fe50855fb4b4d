"""Writes a model of each operator of onnxruntime's own that is read, and what onnxruntime computes with it.

    python make_microsoft_fixtures.py

writes, into the folder MicrosoftFixtures beside this file, for each case

    NAME.onnx        a model of one node, 'node', whose weights are initializers
    NAME-INPUT.npy   what is fed to each input
    NAME-OUTPUT.npy  what onnxruntime computes of it

Made with onnx 1.20, onnxruntime 1.32 and numpy 2.4.
"""
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import helper, numpy_helper

FOLDER = Path(__file__).parent / "MicrosoftFixtures"
RNG = np.random.default_rng(18)


def numbers(*shape):
    return RNG.uniform(-1, 1, shape).astype(np.float32)


def node_model(operator, inputs, outputs, domain, attributes):
    """A model of one node, what is fed to it, and the names of its outputs."""
    inputs = {name: None if array is None else np.asarray(array) for name, array in inputs.items()}
    fed = {name: array for name, array in inputs.items() if array is not None and name.startswith("x")}
    weights = {name: array for name, array in inputs.items() if array is not None and name not in fed}
    results = ["" if output == "-" else output for output in outputs.split()]
    node = helper.make_node(
        operator, [name if inputs[name] is not None else "" for name in inputs], results, "node", domain=domain,
        **attributes)
    types = {name: helper.np_dtype_to_tensor_dtype(array.dtype) for name, array in fed.items()}
    graph = helper.make_graph(
        [node], "network",
        [helper.make_tensor_value_info(name, types[name], array.shape) for name, array in fed.items()],
        [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in results if name],
        [numpy_helper.from_array(array, name) for name, array in weights.items()])
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8), fed, [name for name in results if name]


def case(name, operator, inputs, outputs="y", domain="com.microsoft", unpacked=None, **attributes):
    """Writes a case. Of `inputs`, by name in the node's order, those whose names begin with 'x' are fed, the others are
    weights, and `None` is left out; `outputs` are the node's, separated by spaces, '-' one that is left out.
    `unpacked` are inputs that amount to the same, where onnxruntime computes those alone on a processor."""
    model, fed, results = node_model(operator, inputs, outputs, domain, attributes)
    onnx.save(model, FOLDER / f"{name}.onnx")
    for input, array in fed.items():
        np.save(FOLDER / f"{name}-{input}.npy", array.astype(np.float32))
    if unpacked:
        model, fed, results = node_model(operator, unpacked, outputs, domain, attributes)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    for result, array in zip(results, session.run(results, fed)):
        np.save(FOLDER / f"{name}-{result}.npy", array.astype(np.float32))


def fused_activations():
    x, w, b, z = numbers(1, 2, 5, 6), numbers(4, 2, 3, 3), numbers(4), numbers(1, 4, 5, 6)
    activations = {
        "relu": ("Relu", []), "tanh": ("Tanh", []), "sigmoid": ("Sigmoid", []), "leaky-relu": ("LeakyRelu", [0.3]),
        "clip": ("Clip", [-0.2, 0.4]), "hard-sigmoid": ("HardSigmoid", [0.3, 0.4]),
    }
    for name, (activation, parameters) in activations.items():
        given = {"activation_params": parameters} if parameters else {}
        case(f"fused-conv-{name}", "FusedConv", {"x": x, "w": w, "b": b}, pads=[1] * 4, activation=activation, **given)
    case("fused-conv-sum", "FusedConv", {"x": x, "w": w, "b": b, "xz": z}, pads=[1] * 4, activation="Relu")
    case("fused-conv-groups", "FusedConv", {"x": numbers(1, 4, 5, 6), "w": numbers(4, 2, 3, 2), "b": None},
         strides=[2, 1], group=2, activation="Relu")
    a, w, c = numbers(3, 4), numbers(5, 4), numbers(5)
    case("fused-gemm-relu", "FusedGemm", {"x": a, "w": w, "c": c}, transB=1, alpha=0.7, beta=1.3, activation="Relu")
    case("fused-gemm-leaky-relu", "FusedGemm", {"x": a, "w": w, "c": c}, transB=1, activation="LeakyRelu",
         activation_alpha=0.2)
    case("fused-gemm-hard-sigmoid", "FusedGemm", {"x": a, "w": w, "c": c}, transB=1, activation="HardSigmoid",
         activation_alpha=0.3, activation_beta=0.6)


def activations():
    x, b = 3 * numbers(2, 3, 4), numbers(4)
    case("gelu", "Gelu", {"x": x})
    case("fast-gelu", "FastGelu", {"x": x})
    case("fast-gelu-bias", "FastGelu", {"x": x, "b": b})
    case("quick-gelu", "QuickGelu", {"x": x})
    case("quick-gelu-alpha", "QuickGelu", {"x": x}, alpha=0.8)
    case("bias-gelu", "BiasGelu", {"x": x, "b": b})


def products():
    case("fused-matmul", "FusedMatMul", {"xa": numbers(2, 3, 4), "xb": numbers(2, 4, 5)}, alpha=0.5)
    case("fused-matmul-weights", "FusedMatMul", {"x": numbers(2, 3, 4), "w": numbers(5, 4)}, transB=1, alpha=0.5)
    case("fused-matmul-transposed", "FusedMatMul", {"xa": numbers(2, 4, 3), "xb": numbers(2, 5, 4)}, transA=1, transB=1)
    case("fused-matmul-batches", "FusedMatMul", {"xa": numbers(3, 2, 4), "xb": numbers(4, 2, 5)}, transBatchA=1,
         transBatchB=1)
    case("fused-matmul-both", "FusedMatMul", {"xa": numbers(3, 2, 6, 4), "xb": numbers(5, 2, 6, 3)}, transA=1,
         transBatchA=1, transB=1, transBatchB=1)


def normalizations():
    x, skip, scale, shift, bias = numbers(2, 3, 8), numbers(2, 3, 8), numbers(8), numbers(8), numbers(8)
    case("layer-normalization", "LayerNormalization", {"x": x, "scale": scale, "shift": shift}, domain="", epsilon=1e-3)
    case("simplified-layer-normalization", "SimplifiedLayerNormalization", {"x": x, "scale": scale}, domain="",
         epsilon=1e-3)
    case("skip-layer-normalization", "SkipLayerNormalization",
         {"x": x, "xs": skip, "scale": scale, "shift": shift, "bias": bias}, "y - - sum", epsilon=1e-3)
    case("skip-layer-normalization-plain", "SkipLayerNormalization", {"x": x, "xs": skip, "scale": scale})
    case("skip-simplified-layer-normalization", "SkipSimplifiedLayerNormalization",
         {"x": x, "xs": skip, "scale": scale, "bias": bias}, "y - - sum", epsilon=1e-3)
    words = RNG.integers(0, 7, (2, 3)).astype(np.int32)
    segments = RNG.integers(0, 2, (2, 3)).astype(np.int32)
    tables = {"words": numbers(7, 8), "positions": numbers(5, 8), "segments": numbers(2, 8)}
    case("embed-layer-normalization", "EmbedLayerNormalization",
         {"x": words, "xs": segments, **tables, "scale": scale, "shift": shift}, "y - sum", epsilon=1e-3)
    case("embed-layer-normalization-places", "EmbedLayerNormalization",
         {"x": words, "none": None, "words": tables["words"], "positions": tables["positions"], "no segments": None,
          "scale": scale, "shift": shift, "no mask": None, "xp": np.array([[4, 0, 2], [1, 1, 3]], np.int32)},
         "y -", epsilon=1e-3)


def attentions():
    x, w, b = numbers(2, 5, 6), numbers(6, 24), numbers(24)
    mask = np.array([[1, 1, 1, 0, 0], [0, 1, 1, 1, 1]], np.int32)
    masks = np.stack([np.tril(np.ones((5, 5), np.int32)), np.triu(np.ones((5, 5), np.int32))])
    sizes = {"qkv_hidden_sizes": [8, 8, 4]}
    given = {"x": x, "w": w, "b": b}
    case("attention", "Attention", given, num_heads=2)
    case("attention-scale", "Attention", given, num_heads=4, scale=0.7)
    case("attention-causal", "Attention", given, num_heads=2, unidirectional=1)
    case("attention-mask", "Attention", {**given, "mask": mask}, num_heads=2)
    case("attention-fed-mask", "Attention", {**given, "xmask": mask}, num_heads=2, mask_filter_value=-5.0)
    case("attention-masks", "Attention", {**given, "mask": masks}, num_heads=2)
    case("attention-lengths", "Attention", {**given, "mask": np.array([3, 5], np.int32)}, num_heads=2)
    case("attention-causal-mask", "Attention", {**given, "mask": mask}, num_heads=2, unidirectional=1)
    case("attention-bias", "Attention", {**given, "no mask": None, "past": None, "xbias": numbers(1, 2, 5, 5)},
         num_heads=2)
    case("attention-values", "Attention", {"x": x, "w": numbers(6, 20), "b": numbers(20)}, num_heads=2, **sizes)
    case("attention-no-bias", "Attention", {"x": x, "w": w, "b": None}, num_heads=2)


def multi_head_attentions():
    q, k, v, b = numbers(2, 3, 8), numbers(2, 5, 8), numbers(2, 5, 6), numbers(22)
    mask = np.array([[1, 1, 1, 0, 0], [0, 1, 1, 1, 1]], np.int32)
    given = {"xq": q, "xk": k, "xv": v}
    case("multi-head-attention", "MultiHeadAttention", given, num_heads=2)
    case("multi-head-attention-bias", "MultiHeadAttention", {**given, "b": b}, num_heads=2, scale=0.6)
    case("multi-head-attention-mask", "MultiHeadAttention", {**given, "b": b, "mask": mask}, num_heads=2)
    case("multi-head-attention-fed-mask", "MultiHeadAttention", {**given, "no b": None, "xmask": mask}, num_heads=2)
    case("multi-head-attention-lengths", "MultiHeadAttention",
         {**given, "no b": None, "mask": np.array([3, 5], np.int32)}, num_heads=2)
    case("multi-head-attention-attention-bias", "MultiHeadAttention",
         {**given, "no b": None, "no mask": None, "xbias": numbers(2, 1, 3, 5)}, num_heads=2)
    case("multi-head-attention-causal", "MultiHeadAttention", {"xq": k, "xk": numbers(2, 5, 8), "xv": v}, num_heads=2,
         unidirectional=1)
    case("multi-head-attention-heads", "MultiHeadAttention",
         {"xq": q, "xk": numbers(2, 2, 5, 4), "xv": numbers(2, 2, 5, 4)}, num_heads=2)
    parts = [numbers(2, 5, 2, 4) for _ in range(3)]
    query, key, value = (part.reshape(2, 5, 8) for part in parts)
    case("multi-head-attention-packed-kv", "MultiHeadAttention", {"xq": q, "xkv": np.stack(parts[1:], axis=3)},
         num_heads=2, unpacked={"xq": q, "xk": key, "xv": value})
    case("multi-head-attention-packed", "MultiHeadAttention", {"xqkv": np.stack(parts, axis=3)}, num_heads=2,
         unpacked={"xq": query, "xk": key, "xv": value})


def former_calls():
    """Attention to keys and values of former calls."""
    given = {"x": numbers(2, 5, 6), "w": numbers(6, 24), "b": numbers(24)}
    past = {"xpast": numbers(2, 2, 2, 3, 4)}
    mask = np.array([[1, 1, 0, 1, 1, 1, 0, 0], [0, 1, 1, 1, 1, 1, 1, 1]], np.int32)
    case("attention-present", "Attention", given, "y present", num_heads=2)
    case("attention-past", "Attention", {**given, "no mask": None, **past}, "y present", num_heads=2, unidirectional=1)
    case("attention-past-mask", "Attention", {**given, "xmask": mask, **past}, "y present", num_heads=2)
    given = {"xq": numbers(2, 5, 8), "xk": numbers(2, 5, 8), "xv": numbers(2, 5, 8)}
    past = {"no mask": None, "no bias": None, "xpk": numbers(2, 2, 4, 4), "xpv": numbers(2, 2, 4, 4)}
    case("multi-head-attention-past", "MultiHeadAttention", {**given, "b": numbers(24), **past}, "y pk pv", num_heads=2)
    case("multi-head-attention-past-causal", "MultiHeadAttention", {**given, "no b": None, **past}, "y pk pv", num_heads=2,
         unidirectional=1)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file in FOLDER.iterdir():
        file.unlink()
    fused_activations()
    activations()
    products()
    normalizations()
    attentions()
    multi_head_attentions()
    former_calls()
    print(sum(file.stat().st_size for file in FOLDER.iterdir()), "bytes")
