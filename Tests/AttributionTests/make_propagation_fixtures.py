"""Maps by Zennit, captum and pytorch-grad-cam that AttributionTests compares with.

    pip install torch onnx numpy safetensors zennit captum grad-cam
    python make_propagation_fixtures.py small
    python make_propagation_fixtures.py googlenet DATA/networks/googlenet-imagenet.onnx DATA/references/googlenet-imagenet.safetensors

"small" draws a network of rectifiers with batch normalization, a residual sum, both kinds of pooling and groups, writes it as
ONNX, and asks in double precision. "googlenet" asks BVLC GoogLeNet about the first picture of its references in single precision, with zeros as DeepLIFT's baseline.
The fixtures were made with torch 2.15, zennit 0.5.1, captum 0.9.0, grad-cam 1.5.7.
"""
import copy
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

FIXTURES = Path(__file__).parent / "PropagationFixtures"
MEAN, DEVIATION = 0.5, 0.25
UNIT = 0


class Small(nn.Module):
    """conv+bn+relu, a residual block, max pooling, a grouped convolution, average pooling, two dense layers."""

    def __init__(self):
        super().__init__()
        from zennit.layer import Sum
        self.conv1, self.bn1, self.relu1 = nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU()
        self.conv2, self.bn2, self.relu2 = nn.Conv2d(8, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU()
        self.conv3, self.bn3, self.relu3 = nn.Conv2d(8, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU()
        self.sum = Sum(dim=-1)
        self.max_pool = nn.MaxPool2d(2)
        self.conv4, self.relu4 = nn.Conv2d(8, 12, 3, stride=1, padding=1, groups=2), nn.ReLU()
        self.average_pool = nn.AvgPool2d(2)
        self.dense1, self.relu5, self.dense2 = nn.Linear(12 * 16, 10), nn.ReLU(), nn.Linear(10, 5)

    def forward(self, x):
        x = self.relu1(self.bn1(self.conv1(x)))
        y = self.bn3(self.conv3(self.relu2(self.bn2(self.conv2(x)))))
        x = self.relu3(self.add(x, y))
        x = self.average_pool(self.relu4(self.conv4(self.max_pool(x))))
        return self.dense2(self.relu5(self.dense1(x.flatten(1))))

    def add(self, x, y):
        return self.sum(torch.stack([x, y], dim=-1))


def small_network():
    torch.manual_seed(5)
    network = Small().double().eval()
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.weight.uniform_(0.5, 1.5)
                module.bias.uniform_(-0.3, 0.3)
                module.running_mean.uniform_(-0.3, 0.3)
                module.running_var.uniform_(0.3, 1.5)
        for parameter in list(network.parameters()) + list(network.buffers()):
            if parameter.is_floating_point():
                parameter.copy_(parameter.float().double())
    return network


def write_onnx(network, path):
    """The network as it is, batch normalization included."""
    nodes, weights = [], []

    def add(name, operator, inputs, tensors=(), **attributes):
        names = [f"{name}.{i}" for i in range(len(tensors))]
        weights.extend(numpy_helper.from_array(t.detach().float().numpy(), n) for t, n in zip(tensors, names))
        nodes.append(helper.make_node(operator, inputs + names, [name], name, **attributes))
        return name

    def convolution(name, x):
        layer = getattr(network, name)
        pads = list(layer.padding) * 2
        tensors = [layer.weight] + ([layer.bias] if layer.bias is not None else [])
        return add(name, "Conv", [x], tensors, kernel_shape=[3, 3], pads=pads, group=layer.groups)

    def normalization(name, x):
        layer = getattr(network, name)
        tensors = [layer.weight, layer.bias, layer.running_mean, layer.running_var]
        return add(name, "BatchNormalization", [x], tensors, epsilon=layer.eps)

    def dense(name, x):
        layer = getattr(network, name)
        return add(name, "Gemm", [x], [layer.weight, layer.bias], transB=1)

    x = add("relu1", "Relu", [normalization("bn1", convolution("conv1", "input"))])
    y = add("relu2", "Relu", [normalization("bn2", convolution("conv2", x))])
    y = normalization("bn3", convolution("conv3", y))
    x = add("relu3", "Relu", [add("sum", "Add", [x, y])])
    x = add("max_pool", "MaxPool", [x], kernel_shape=[2, 2], strides=[2, 2])
    x = add("relu4", "Relu", [convolution("conv4", x)])
    x = add("average_pool", "AveragePool", [x], kernel_shape=[2, 2], strides=[2, 2])
    x = add("relu5", "Relu", [dense("dense1", add("flat", "Flatten", [x]))])
    dense("dense2", x)
    graph = helper.make_graph(
        nodes, "small", [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, 16, 16])],
        [helper.make_tensor_value_info("dense2", TensorProto.FLOAT, [1, 5])], weights)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)


def composites(low, high):
    """The composites and rules compared, by the names that AttributionTests gives them, in their order."""
    from zennit import composites as c, rules as r
    from zennit.types import Activation, AvgPool, BatchNorm, Linear
    from zennit.layer import Sum
    from zennit.canonizers import SequentialMergeBatchNorm

    base = [(nn.LocalResponseNorm, r.Pass())]
    canonizers = [SequentialMergeBatchNorm()]

    def uniform(rule):
        return c.LayerMapComposite(
            base + [(Activation, r.Pass()), (Sum, r.Norm()), (AvgPool, r.Norm()), (BatchNorm, r.Pass()), (Linear, rule)],
            canonizers=canonizers)

    return {
        "zero": uniform(r.Epsilon(0)), "epsilon": uniform(r.Epsilon(1e-6)), "epsilon-0.25": uniform(r.Epsilon(0.25)),
        "gamma": uniform(r.Gamma(0.25)), "alpha2-beta1": uniform(r.AlphaBeta(2, 1)), "z-plus": uniform(r.ZPlus()),
        "w-square": uniform(r.WSquare()), "flat": uniform(r.Flat()),
        "epsilon-plus": c.EpsilonPlus(layer_map=base, canonizers=canonizers),
        "epsilon-plus-flat": c.EpsilonPlusFlat(layer_map=base, canonizers=canonizers),
        "epsilon-alpha2-beta1": c.EpsilonAlpha2Beta1(layer_map=base, canonizers=canonizers),
        "epsilon-gamma-box": c.EpsilonGammaBox(low=low, high=high, layer_map=base, canonizers=canonizers),
    }


def relevance(network, composite, x, unit):
    """Relevance of what the network sees, started with the unit's activation."""
    x = x.clone().requires_grad_()
    with composite.context(network) as modified:
        output = modified(x)
        start = torch.zeros_like(output)
        start[0, unit] = output[0, unit].detach()
        result, = torch.autograd.grad(output, x, start)
    return result


def last(maps):
    """Channels last, single precision."""
    return maps.detach().permute(0, 2, 3, 1).float().numpy()


def small():
    FIXTURES.mkdir(exist_ok=True)
    network = small_network()
    write_onnx(network, FIXTURES / "small.onnx")
    pictures = np.random.default_rng(3).uniform(size=(1, 16, 16, 3)).astype(np.float32)
    np.save(FIXTURES / "picture.npy", pictures)
    x = (torch.from_numpy(pictures).double().permute(0, 3, 1, 2) - MEAN) / DEVIATION
    low, high = (torch.full_like(x, (v - MEAN) / DEVIATION) for v in (0, 1))
    chosen = composites(low, high)
    np.save(FIXTURES / "relevance.npy", np.concatenate([last(relevance(network, c, x, UNIT)) for c in chosen.values()]))

    # Not a plain baseline: its feature maps are constant, and winners of max pooling a matter of rounding.
    from captum.attr import DeepLift, Occlusion
    baseline = np.random.default_rng(4).uniform(size=(1, 16, 16, 3)).astype(np.float32)
    np.save(FIXTURES / "baseline.npy", baseline)
    before = (torch.from_numpy(baseline).double().permute(0, 3, 1, 2) - MEAN) / DEVIATION
    np.save(FIXTURES / "deep-lift.npy", last(deep_lift(network, x, before, UNIT)))
    averaging = copy.deepcopy(network)
    averaging.max_pool = nn.AvgPool2d(2)
    difference = DeepLift(averaging).attribute(x, before, target=UNIT) - deep_lift(averaging, x, before, UNIT)
    assert difference.abs().max() < 1e-12, "the rule restated is captum's where there is no max pooling"
    occlusion = Occlusion(network).attribute(x, (3, 5, 5), (3, 3, 3), 0, target=UNIT)
    np.save(FIXTURES / "occlusion.npy", last(occlusion[:, :1]))

    from pytorch_grad_cam import AblationCAM, ScoreCAM
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
    # pytorch-grad-cam enlarges masks with corners aligned to corners, which shifts them; here centres correspond to centres.
    torch.nn.UpsamplingBilinear2d = lambda size: nn.Upsample(size=size, mode="bilinear", align_corners=False)
    targets, layers = [ClassifierOutputTarget(UNIT)], [network.relu4]
    network, x = network.float(), x.float()
    print("logit", float(network(x)[0, UNIT]))
    maps = []
    for method in (ScoreCAM, AblationCAM):
        with method(model=network, target_layers=layers) as cam:
            cam.batch_size = 4
            output = cam.activations_and_grads(x)
            activations = cam.activations_and_grads.activations[0].detach().numpy()
            gradients = np.zeros_like(activations)
            maps.append(cam.get_cam_image(x, layers[0], targets, activations, gradients, False))
    np.save(FIXTURES / "activation-maps.npy", np.stack(maps).reshape(2, 8, 8, 1).astype(np.float32))


class GoogLeNet(nn.Module):
    """The layers of BVLC GoogLeNet's ONNX file as modules, up to the logits."""

    def __init__(self, path):
        super().__init__()
        model = onnx.load(path)
        tensors = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in model.graph.initializer}
        self.steps, self.layers = [], nn.ModuleList()
        for node in model.graph.node:
            attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
            layer = self.layer(node, attributes, tensors)
            if node.op_type == "Softmax":
                break
            self.layers.append(layer)
            self.steps.append(([i for i in node.input if i not in tensors], node.output[0]))
        self.input = self.steps[0][0][0]

    @staticmethod
    def layer(node, attributes, tensors):
        weights = [tensors[i] for i in node.input if i in tensors]
        if node.op_type == "Conv":
            output, inputs, *kernel = weights[0].shape
            layer = nn.Conv2d(inputs, output, kernel, attributes.get("strides", 1), attributes["pads"][:2])
        elif node.op_type == "Gemm":
            layer = nn.Linear(*reversed(weights[0].shape))
        elif node.op_type == "MaxPool":
            pads = attributes["pads"][:2]
            return nn.MaxPool2d(attributes["kernel_shape"], attributes["strides"], pads, ceil_mode=True)
        else:
            return {"Relu": nn.ReLU(), "LRN": nn.LocalResponseNorm(5), "Flatten": nn.Flatten(),
                    "GlobalAveragePool": nn.AdaptiveAvgPool2d(1), "Concat": None, "Softmax": None}[node.op_type] or Concatenation()
        layer.weight.data, layer.bias.data = weights[0], weights[1]
        return layer

    def forward(self, x):
        values = {self.input: x}
        for layer, (inputs, output) in zip(self.layers, self.steps):
            values[output] = layer(*[values[i] for i in inputs])
        return values[output]


class Rescaled(torch.autograd.Function):
    """A layer over the batch [picture, baseline] whose backward pass hands down DeepLIFT's multipliers, the same for both.

    captum 0.9.0 cannot serve where there is max pooling: its map of the small network sums to -0.0296 where the unit changes by
    -0.0041, and that of GoogLeNet, from zeros, to 2e-7 where the logit changes by 20.8. It unpools what windows hand down, and
    unpooling overwrites instead of adding where they overlap. Nor has it a rule for local response normalization. Without max
    pooling it serves: "small" checks that this is the same.
    """

    @staticmethod
    def forward(ctx, x, layer):
        ctx.layer = layer
        ctx.save_for_backward(x)
        return layer(x)

    @staticmethod
    def backward(ctx, gradient):
        x, = ctx.saved_tensors
        change, m = x[:1] - x[1:], gradient[:1]
        with torch.enable_grad():
            leaf = x.detach().requires_grad_()
            y = ctx.layer(leaf)
            ordinary, = torch.autograd.grad(y, leaf, gradient, retain_graph=True)
            if isinstance(ctx.layer, nn.ReLU):
                quotient = m * (y[:1] - y[1:]).detach() / change
            elif isinstance(ctx.layer, nn.MaxPool2d):
                crossed = torch.maximum(y[:1], y[1:]).detach()
                shares = torch.cat([(crossed - y[1:]) * m, (y[:1] - crossed) * m]).detach()
                quotient = torch.autograd.grad(y, leaf, shares)[0].sum(0, keepdim=True) / change
            else:
                nodes, weights = np.polynomial.legendre.leggauss(16)
                quotient = 0
                for node, weight in zip((nodes + 1) / 2, weights / 2):
                    point = (x[1:] + float(node) * change).detach().requires_grad_()
                    quotient = quotient + float(weight) * torch.autograd.grad(ctx.layer(point), point, m)[0]
                return torch.cat([quotient] * 2), None
        multiplier = torch.where(change.abs() < 1e-6, ordinary[:1], quotient)
        return torch.cat([multiplier] * 2), None


class RescaledLayer(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x):
        return Rescaled.apply(x, self.layer)


def deep_lift(network, x, baseline, unit):
    """The rescale rule, restated."""
    network = copy.deepcopy(network)
    for module in list(network.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, (nn.ReLU, nn.MaxPool2d, nn.LocalResponseNorm)):
                setattr(module, name, RescaledLayer(child))
    both = torch.cat([x, baseline]).requires_grad_()
    multipliers, = torch.autograd.grad(network(both)[:, unit].sum(), both)
    return multipliers[:1] * (x - baseline)


class Concatenation(nn.Module):
    def forward(self, *inputs):
        return torch.cat(inputs, 1)


def googlenet(path, references):
    from safetensors.torch import load_file
    x = load_file(references)["input"][:1].permute(0, 3, 1, 2).contiguous()
    baseline = torch.zeros_like(x)
    mean = torch.tensor([104.0, 117, 123]).view(1, 3, 1, 1)
    network = GoogLeNet(path).eval()
    unit = int(network(x).argmax())
    print("unit", unit, "logit", float(network(x)[0, unit]), "of the baseline", float(network(baseline)[0, unit]))
    low, high = (torch.full_like(x, v) - mean for v in (0, 255))
    maps = {n: relevance(network, composites(low, high)[n], x, unit)
            for n in ("epsilon-plus", "epsilon-plus-flat", "epsilon-alpha2-beta1", "epsilon-gamma-box", "epsilon")}

    from captum.attr import Occlusion
    maps["deep-lift"] = deep_lift(network, x, baseline, unit)
    maps["occlusion"] = Occlusion(network).attribute(x, (3, 56, 56), (3, 28, 28), 0, target=unit)[:, :1]
    # Sums over channels and over 4×4 pixels are enough to compare, and small.
    sums = [nn.functional.avg_pool2d(m.detach().sum(1, keepdim=True), 4) * 16 for m in maps.values()]
    np.save(FIXTURES / "googlenet.npy", np.concatenate([last(s) for s in sums]))
    print({n: float(m.sum()) for n, m in maps.items()})


if __name__ == "__main__":
    torch.set_num_threads(2)
    small() if sys.argv[1] == "small" else googlenet(*sys.argv[2:])
