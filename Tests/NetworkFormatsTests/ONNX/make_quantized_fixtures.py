"""Quantizes small networks with random weights by onnxruntime, in every format that it writes, and runs them.

    python make_quantized_fixtures.py

writes, into the folder QuantizedFixtures beside this file,

    input.npy           two pictures [2, 3, 12, 12]
    NAME.onnx           a quantized network
    NAME-logits.npy     what onnxruntime computes of the pictures, each alone, [2, classes]
    operator-NAME.onnx  a single quantized operator, with zero points that are not 0
    operator-NAME-result.npy  what onnxruntime computes of the pictures, in steps of 1/32

Made with onnx 1.23, onnxruntime 1.32 and numpy 2.4.
"""
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_dynamic, quantize_static

FOLDER = Path(__file__).parent / "QuantizedFixtures"
CLASSES = 5
RNG = np.random.default_rng(5)


class Graph:
    """Nodes that are written down one after the other, each named by its output."""

    def __init__(self):
        self.nodes, self.initializers = [], []

    def weight(self, name, *shape):
        fan_in = int(np.prod(shape[1:])) or 1
        array = RNG.normal(0, fan_in**-0.5, shape) if len(shape) > 1 else RNG.uniform(-0.3, 0.3, shape)
        return self.array(name, array.astype(np.float32))

    def array(self, name, array):
        self.initializers.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def __call__(self, operator, output, *inputs, domain="", **attributes):
        self.nodes.append(helper.make_node(operator, inputs, [output], output + "_node", domain=domain, **attributes))
        return output

    def conv(self, output, value, inputs, outputs, kernel=3, **attributes):
        weight = self.weight(output + ".weight", outputs, inputs // attributes.get("group", 1), kernel, kernel)
        bias = self.weight(output + ".bias", outputs)
        return self("Conv", output, value, weight, bias, pads=[kernel // 2] * 4, **attributes)

    def model(self, output="logits", operator_set=17, shape=("N", CLASSES)):
        graph = helper.make_graph(
            self.nodes, "network",
            [helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["N", 3, 12, 12])],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)], self.initializers)
        opsets = [helper.make_opsetid("", operator_set), helper.make_opsetid("com.microsoft", 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
        onnx.checker.check_model(model)
        return model


def residual():
    """What ResNets and MobileNets are made of."""
    g = Graph()
    x = g("Relu", "r1", g.conv("c1", "picture", 3, 8))
    x = pooled = g("MaxPool", "p1", x, kernel_shape=[2, 2], strides=[2, 2])
    x = g("Clip", "r2", g.conv("c2", x, 8, 8, group=8), g.array("zero", np.float32(0)), g.array("six", np.float32(6)))
    x = g("Add", "sum", g.conv("c3", x, 8, 8, kernel=1), pooled)
    x = g("Relu", "r3", x)
    x = g("Flatten", "flat", g("GlobalAveragePool", "average", x))
    g("Gemm", "logits", x, g.weight("fc.weight", CLASSES, 8), g.weight("fc.bias", CLASSES), transB=1)
    return g.model()


def branches():
    """The other operators that onnxruntime has in quantized form."""
    g = Graph()
    x = g("LeakyRelu", "l1", g.conv("c1", "picture", 3, 8), alpha=0.1)
    gate = g("Sigmoid", "gate", g.conv("c2", x, 8, 8, kernel=1))
    x = g("Mul", "gated", x, gate)
    pooled = g("AveragePool", "p1", x, kernel_shape=[2, 2], strides=[2, 2])
    largest = g("MaxPool", "p2", x, kernel_shape=[2, 2], strides=[2, 2])
    x = g("Concat", "joined", pooled, largest, axis=1)
    x = g("Transpose", "turned", x, perm=[0, 2, 3, 1])
    x = g("Reshape", "tokens", x, g.array("shape", np.array([0, 36, 16])))
    x = g("MatMul", "mixed", x, g.weight("mixing", 16, 8))
    keys = g("Transpose", "keys", x, perm=[0, 2, 1])
    shares = g("Softmax", "shares", g("MatMul", "products", x, keys), axis=-1)
    x = g("MatMul", "attended", shares, x)
    x = g("ReduceMean", "mean", x, axes=[1], keepdims=0)
    g("Gemm", "logits", x, g.weight("fc.weight", CLASSES, 8), g.weight("fc.bias", CLASSES), transB=1)
    return g.model()


def upsampled():
    """What runs between quantized convolutions of a segmentation network."""
    g = Graph()
    x = g("Relu", "r1", g.conv("c1", "picture", 3, 8, strides=[2, 2]))
    x = g("Resize", "large", x, "", g.array("scales", np.array([1, 1, 2, 2], np.float32)), mode="nearest",
          coordinate_transformation_mode="asymmetric", nearest_mode="floor")
    x = g("Pad", "padded", x, g.array("pads", np.array([0, 0, 1, 1, 0, 0, 1, 1])))
    a, b = "half_a", "half_b"
    g.nodes.append(helper.make_node("Split", [x], [a, b], "split_node", axis=1))
    x = g("Add", "sum", g.conv("c2", a, 4, 8), g.conv("c3", b, 4, 8))
    x = g("Flatten", "flat", g("GlobalAveragePool", "average", x))
    g("Gemm", "logits", x, g.weight("fc.weight", CLASSES, 8), g.weight("fc.bias", CLASSES), transB=1)
    return g.model()


def exported_by_torch():
    """Weights that are quantized by the graph, and integers that are clipped to 7 bits, as PyTorch writes them."""
    g = Graph()

    def rounded(name, value, scale, zero, **attributes):
        scale = g.array(name + ".scale", np.float32(scale))
        integers = g("QuantizeLinear", name + ".q", value, scale, zero, **attributes)
        return integers, lambda integers: g("DequantizeLinear", name, integers, scale, zero, **attributes)

    zero = g.array("zero", np.uint8(0))
    integers, back = rounded("x", "picture", 1 / 127, zero)
    clipped = g("Clip", "x.clipped", integers, g.array("low", np.uint8(0)), g.array("high", np.uint8(127)))
    x = back(clipped)
    weight = g.weight("weight", 8, 3, 3, 3)
    scales = np.abs(numpy_helper.to_array(g.initializers[-1])).max((1, 2, 3)) / 127
    integers, back = rounded("w", weight, scales, g.array("zeros", np.zeros(8, np.int8)), axis=0)
    x = g("Relu", "r1", g("Conv", "c1", x, back(integers), pads=[1, 1, 1, 1]))
    cast = g("Cast", "zero.cast", g.array("zero.float", np.float32(0)), to=TensorProto.UINT8)
    integers, back = rounded("y", x, 1 / 100, cast)
    x = g("Flatten", "flat", g("GlobalAveragePool", "average", back(integers)))
    g("Gemm", "logits", x, g.weight("fc.weight", CLASSES, 8), transB=1)
    return g.model()


def blocked():
    """Weights of 4 bits with a scale for each block, operator set 21."""
    g = Graph()
    x = g("Relu", "r1", g.conv("c1", "picture", 3, 8, strides=[2, 2]))
    x = g("Flatten", "flat", x)
    integers = RNG.integers(-8, 8, (288, CLASSES))
    g.initializers.append(helper.make_tensor("w", TensorProto.INT4, integers.shape, integers.flatten().tolist()))
    scales = g.array("w.scale", RNG.uniform(0.005, 0.02, (9, CLASSES)).astype(np.float32))
    zeros = RNG.integers(-3, 3, (9, CLASSES))
    g.initializers.append(helper.make_tensor("w.zero", TensorProto.INT4, zeros.shape, zeros.flatten().tolist()))
    weight = g("DequantizeLinear", "weight", "w", scales, "w.zero", axis=0, block_size=32)
    g("MatMul", "logits", x, weight)
    model = g.model(operator_set=21)
    model.ir_version = 10
    return model


def recurrent():
    """An LSTM in both directions over the rows of the picture."""
    g = Graph()
    x = g("Reshape", "rows", "picture", g.array("rows.shape", np.array([0, 12, 36])))
    x = g("Transpose", "steps", x, perm=[1, 0, 2])
    x = g("LSTM", "states", x, g.weight("w", 2, 24, 36), g.weight("r", 2, 24, 6), g.weight("b", 2, 48), hidden_size=6,
          direction="bidirectional")
    x = g("Transpose", "pictures", x, perm=[2, 0, 1, 3])
    x = g("Reshape", "flat", x, g.array("flat.shape", np.array([0, 144])))
    g("MatMul", "logits", x, g.weight("fc.weight", 144, CLASSES))
    return g.model()


def integers_out():
    """A graph that looks at its integers: the logits are counted in steps."""
    g = Graph()
    x = g("Relu", "r1", g.conv("c1", "picture", 3, 8, strides=[2, 2]))
    x = g("Flatten", "flat", g("GlobalAveragePool", "average", x))
    x = g("Gemm", "fc", x, g.weight("fc.weight", CLASSES, 8), transB=1)
    x = g("QuantizeLinear", "steps", x, g.array("scale", np.float32(0.01)), g.array("zero", np.int8(-3)))
    g("Cast", "logits", x, to=TensorProto.FLOAT)
    return g.model()


def single_operators():
    """Each operator alone, between a quantization and its inverse."""
    uint8, int8 = np.uint8, np.int8

    def operator(name, make, type=uint8, rank=4, ends=True):
        g = Graph()
        zero = g.array("x.zero", type(101 if type is uint8 else -20))
        x = (g("QuantizeLinear", "x", "picture", g.array("x.scale", np.float32(1 / 100)), zero), "x.scale", "x.zero")
        y = (g.array("y.scale", np.float32(1 / 32)), g.array("y.zero", type(90 if type is uint8 else 5)))
        output = make(g, x, y)
        if ends:
            output = g("DequantizeLinear", "result", output, *y)
        return f"operator-{name}", g.model(output, shape=["N"] + [None] * (rank - 1))

    def known(g, name, shape, type=uint8, scale=1 / 64, zero=77):
        low, high = np.iinfo(type).min, np.iinfo(type).max + 1
        array = g.array(name, RNG.integers(low, high, shape).astype(type))
        scale = g.array(name + ".scale", np.asarray(scale, np.float32))
        return array, scale, g.array(name + ".zero", np.asarray(zero, type))

    def contributed(operator, **attributes):
        return lambda g, x, y: g(operator, "y", *x, *y, domain="com.microsoft", **attributes)

    def flat(g, x):
        return (g("Flatten", "flat", x[0]), *x[1:])

    def gemm(g, x, y, type=uint8):
        scales = RNG.uniform(0.001, 0.002, 5)
        weights, scale, _ = known(g, "w", (5, 432), int8, scales, np.zeros(5))
        bias = g.array("bias", RNG.integers(-20000, 20000, 5).astype(np.int32))
        return g("QGemm", "y", *flat(g, x), weights, scale, "w.zero", bias, *y, domain="com.microsoft", transB=1)

    def joined(g, x, y):
        scale, zero = g.array("a.scale", np.float32(1 / 150)), g.array("a.zero", np.uint8(140))
        other = g("QuantizeLinear", "a", "picture", scale, zero)
        return g("QLinearConcat", "y", *y, *x, other, scale, zero, domain="com.microsoft", axis=1)

    def integer_conv(g, x, y):
        weights, _, zero = known(g, "w", (4, 3, 3, 3))
        integers = g("ConvInteger", "integers", x[0], weights, x[2], zero, pads=[1, 1, 1, 1])
        real = g("Cast", "real", integers, to=TensorProto.FLOAT)
        return g("Mul", "result", real, g.array("scales", np.float32(0.0001)))

    def to_float(g, x, y):
        weights, scale, zero = known(g, "w", (432, 5))
        bias = g.array("bias", RNG.uniform(-1, 1, 5).astype(np.float32))
        x, x_scale, x_zero = flat(g, x)
        return g("MatMulIntegerToFloat", "result", x, weights, x_scale, scale, x_zero, zero, bias,
                 domain="com.microsoft")

    window = dict(kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    yield operator("add", lambda g, x, y: g("QLinearAdd", "y", *x, *known(g, "a", (3, 12, 12)), *y,
                                            domain="com.microsoft"))
    yield operator("multiply", lambda g, x, y: g("QLinearMul", "y", *x, *known(g, "a", (3, 1, 1)), *y,
                                                 domain="com.microsoft"))
    yield operator("sigmoid", contributed("QLinearSigmoid"), int8)
    yield operator("leaky-relu", contributed("QLinearLeakyRelu", alpha=0.2))
    yield operator("softmax", contributed("QLinearSoftmax", axis=-1, opset=13))
    yield operator("average-pool", contributed("QLinearAveragePool", **window))
    yield operator("average-pool-with-padding", contributed("QLinearAveragePool", count_include_pad=1, **window))
    yield operator("global-average-pool", contributed("QLinearGlobalAveragePool"))
    yield operator("concatenation", joined)
    yield operator("convolution", lambda g, x, y: g(
        "QLinearConv", "y", *x, *known(g, "w", (6, 1, 3, 3), uint8, RNG.uniform(0.002, 0.004, 6), np.full(6, 130)), *y,
        g.array("bias", RNG.integers(-20000, 20000, 6).astype(np.int32)), group=3, strides=[2, 1], pads=[1, 0, 1, 2]))
    yield operator("product", lambda g, x, y: g(
        "QLinearMatMul", "y", *x, *known(g, "w", (12, 7), int8, RNG.uniform(0.002, 0.004, 7), np.zeros(7)), *y))
    yield operator("gemm", gemm, rank=2)
    yield operator("integer-convolution", integer_conv, ends=False)
    yield operator("integer-product", to_float, rank=2, ends=False)


class Pictures(CalibrationDataReader):
    def __init__(self):
        pictures = np.random.default_rng(6).uniform(-1, 1, (16, 3, 12, 12)).astype(np.float32)
        self.rest = iter([{"picture": p[None]} for p in pictures])

    def get_next(self):
        return next(self.rest, None)


def statically(model, **options):
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "float.onnx", Path(folder) / "quantized.onnx"
        onnx.save(model, source)
        quantize_static(source, target, Pictures(), **options)
        return onnx.load(target)


def dynamically(model, **options):
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "float.onnx", Path(folder) / "quantized.onnx"
        onnx.save(model, source)
        quantize_dynamic(source, target, **options)
        return onnx.load(target)


def optimized(model):
    """The model as onnxruntime would run it, with operators of its own."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "optimized.onnx"
        options = ort.SessionOptions()
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = str(target)
        ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"],
                             disabled_optimizers=["MatmulTransposeFusion"])
        return onnx.load(target)


def run(model, pictures):
    """Each picture alone, without the optimizer's own roundings."""
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return np.concatenate([session.run(None, {"picture": picture[None]})[0] for picture in pictures])


def save(name, model, pictures, result="logits"):
    for message in [model, model.graph, *model.graph.node]:
        message.ClearField("doc_string")
    model.graph.ClearField("value_info")
    model.ClearField("metadata_props")
    onnx.save(model, FOLDER / f"{name}.onnx")
    np.save(FOLDER / f"{name}-{result}.npy", run(model, pictures).astype(np.float32))


def main():
    FOLDER.mkdir(exist_ok=True)
    pictures = np.random.default_rng(7).uniform(-1, 1, (2, 3, 12, 12)).astype(np.float32)
    np.save(FOLDER / "input.npy", pictures)
    pairs, operators = QuantFormat.QDQ, QuantFormat.QOperator
    unsigned, signed = QuantType.QUInt8, QuantType.QInt8
    for name, model in [("residual", residual()), ("branches", branches()), ("upsampled", upsampled())]:
        save(f"{name}-pairs", statically(model, quant_format=pairs), pictures)
        save(f"{name}-operators",
             statically(model, quant_format=operators, activation_type=unsigned, weight_type=unsigned), pictures)
    save("residual-channels",
         statically(residual(), quant_format=pairs, per_channel=True, activation_type=unsigned, weight_type=signed),
         pictures)
    save("residual-channel-operators",
         statically(residual(), quant_format=operators, per_channel=True, activation_type=unsigned,
                    weight_type=signed), pictures)
    save("residual-16-bits", statically(residual(), quant_format=pairs, activation_type=QuantType.QUInt16), pictures)
    save("residual-dynamic", dynamically(residual(), weight_type=unsigned), pictures)
    save("branches-dynamic", dynamically(branches(), weight_type=signed), pictures)
    save("branches-optimized", optimized(dynamically(branches(), weight_type=unsigned)), pictures)
    save("torch-export", exported_by_torch(), pictures)
    save("blocks-of-4-bits", blocked(), pictures)
    save("integers-out", integers_out(), pictures)
    for name, model in single_operators():
        save(name, model, pictures, "result")
    save("recurrent-dynamic", dynamically(recurrent(), weight_type=signed), pictures)
    save("recurrent-rows-dynamic", dynamically(recurrent(), weight_type=signed, per_channel=True), pictures)


if __name__ == "__main__":
    main()
