"""Maps of captum, pytorch-grad-cam and tf-keras-vis for small networks and for GoogLeNet.

    pip install torch captum grad-cam onnx numpy pillow
    python make_attribution_fixtures.py small                       # smooth.onnx, rectified.onnx, smooth.json, rectified.json
    python make_attribution_fixtures.py googlenet NETWORK.onnx parrot.png   # googlenet.json

    pip install tensorflow-cpu tf_keras tf-keras-vis                # TF_USE_LEGACY_KERAS=1
    python make_attribution_fixtures.py keras                       # keras.json, of the weights in smooth.json

The networks take pictures of 0...1 as they are, so that a baseline of zeros is black. "smooth" has no kink, so that maps can be
compared to the last digits; "rectified" has rectifiers, which guided backpropagation and deconvolution are about. Pictures and
noise come from the package's own generator, written again below.
"""
import json
import math
import sys
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "Fixtures"
SIDE, CLASSES, CLASS = 16, 5, 3
SAMPLES, NOISE = 10, 0.15


class Generator:
    """xoshiro256** seeded by SplitMix64."""

    MASK = (1 << 64) - 1

    def __init__(self, seed):
        self.state = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & self.MASK
            z = seed
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & self.MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & self.MASK
            self.state.append(z ^ (z >> 31))

    def next(self):
        rotated = lambda x, k: ((x << k) | (x >> (64 - k))) & self.MASK
        s = self.state
        result = (rotated((s[1] * 5) & self.MASK, 7) * 9) & self.MASK
        shifted = (s[1] << 17) & self.MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = rotated(s[3], 45)
        return result

    def uniform(self):
        return (self.next() >> 11) * 2.0**-53


def normal_noise(seed, sample, count):
    """The noise of a sample: each word of SplitMix64 makes two numbers by Box and Muller's transformation."""
    mask = Generator.MASK
    start = Generator((seed + sample * 0x9E3779B97F4A7C15) & mask).next()
    noise = []
    for index in range((count + 1) // 2):
        z = (start + (index + 1) * 0x9E3779B97F4A7C15) & mask
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        z ^= z >> 31
        radius = math.sqrt(-2 * math.log(((z >> 40) + 1) * 2.0**-24))
        low = z & 0xFFFFFFFF
        angle = math.pi * 2.0**-31 * (low - (1 << 32) if low >> 31 else low)
        noise += [radius * math.cos(angle), radius * math.sin(angle)]
    return noise[:count]


def numbers(array):
    return [float(f"{x:.7g}") for x in np.asarray(array, dtype=np.float64).ravel()]


def channels_last(tensor):
    """[1, C, H, W] of a tensor as [H, W, C]."""
    return tensor.detach().numpy()[0].transpose(1, 2, 0)


def picture():
    generator = Generator(4)
    return np.array([generator.uniform() for _ in range(SIDE * SIDE * 3)], np.float32).reshape(SIDE, SIDE, 3)


# MARK: PyTorch


def small_network(rectified):
    import torch
    from torch import nn

    generator = Generator(11)

    def weights(*shape):
        fan = int(np.prod(shape[1:]))
        scale = 1.5 / math.sqrt(fan)
        values = [scale * (2 * generator.uniform() - 1) for _ in range(int(np.prod(shape)))]
        return nn.Parameter(torch.tensor(values, dtype=torch.float32).reshape(shape))

    curve = nn.ReLU if rectified else nn.Softplus
    layers = [
        nn.Conv2d(3, 6, 3, padding=1), curve(), nn.AvgPool2d(2),
        nn.Conv2d(6, 8, 3, padding=1), curve(), nn.AvgPool2d(2),
        nn.Conv2d(8, 8, 3, padding=1), curve(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, CLASSES),
    ]
    for layer in layers:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            layer.weight, layer.bias = weights(*layer.weight.shape), weights(layer.bias.shape[0])
    return nn.Sequential(*layers).eval()


def write_onnx(network, path):
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    from torch import nn

    nodes, constants, value = [], [], "input"
    for index, layer in enumerate(network):
        output = f"layer{index}"
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            for name, tensor in (("weight", layer.weight), ("bias", layer.bias)):
                constants.append(numpy_helper.from_array(tensor.detach().numpy(), f"{output}.{name}"))
            inputs = [value, f"{output}.weight", f"{output}.bias"]
            if isinstance(layer, nn.Conv2d):
                nodes.append(helper.make_node("Conv", inputs, [output], name=output, pads=[1, 1, 1, 1]))
            else:
                nodes.append(helper.make_node("Gemm", inputs, [output], name=output, transB=1))
        elif isinstance(layer, nn.AvgPool2d):
            nodes.append(helper.make_node("AveragePool", [value], [output], name=output, kernel_shape=[2, 2], strides=[2, 2]))
        else:
            kind = {nn.Softplus: "Softplus", nn.ReLU: "Relu", nn.AdaptiveAvgPool2d: "GlobalAveragePool", nn.Flatten: "Flatten"}
            nodes.append(helper.make_node(kind[type(layer)], [value], [output], name=output))
        value = output
    graph = helper.make_graph(
        nodes, "small", [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, SIDE, SIDE])],
        [helper.make_tensor_value_info(value, TensorProto.FLOAT, [1, CLASSES])], constants)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))


def raw_cam(kind, network, layer, x, target):
    """What a class of pytorch-grad-cam makes of a layer, not yet scaled, and its finished map."""
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

    targets = [ClassifierOutputTarget(target)]
    cam = kind(network, [layer])
    finished = cam(x, targets)[0]
    activations = cam.activations_and_grads.activations[0].numpy()
    gradients = cam.activations_and_grads.gradients[0].numpy() if cam.uses_gradients else None
    if kind.__name__ == "GradCAMPlusPlus":
        # The formula does not change if gradients grow as activations shrink, and the peer's epsilon of 1e-6 beside g^2
        # then counts for nothing.
        activations, gradients = activations / 1e4, gradients * 1e4
    raw = np.maximum(cam.get_cam_image(x, layer, targets, activations, gradients, False), 0)[0]
    return raw, finished


def make_small():
    import captum.attr as captum
    import pytorch_grad_cam as peers
    import torch

    for name, rectified in (("smooth", False), ("rectified", True)):
        network = small_network(rectified)
        write_onnx(network, FOLDER / f"{name}.onnx")
        x = torch.tensor(picture().transpose(2, 0, 1)[None])
        maps = {}
        if not rectified:
            maps["gradient"] = channels_last(captum.Saliency(network).attribute(x, CLASS, abs=False))
            maps["gradient-x-input"] = channels_last(captum.InputXGradient(network).attribute(x, CLASS))
            for rule in ("gausslegendre", "riemann_trapezoid"):
                integrated = captum.IntegratedGradients(network)
                maps[f"integrated-{rule}"] = channels_last(
                    integrated.attribute(x, torch.zeros_like(x), CLASS, n_steps=20, method=rule))
            original = torch.normal
            for kind in ("smoothgrad", "vargrad", "smoothgrad_sq"):
                spread = NOISE * float(x.max() - x.min())
                noise = np.array([n for sample in range(SAMPLES) for n in normal_noise(7, sample, x.numel())], np.float32)
                noise = torch.tensor(noise.reshape(SAMPLES, SIDE, SIDE, 3).transpose(0, 3, 1, 2).copy() * np.float32(spread))
                torch.normal = lambda mean, deviation: noise
                maps[kind] = channels_last(
                    captum.NoiseTunnel(captum.Saliency(network)).attribute(
                        x, nt_type=kind, nt_samples=SAMPLES, stdevs=spread, target=CLASS, abs=False))
                torch.normal = original
            for index in (4, 7):
                layer = network[index]
                maps[f"grad-cam-{index}"] = channels_last(
                    captum.LayerGradCam(network, layer).attribute(x, CLASS, relu_attributions=True))
                product = captum.LayerGradientXActivation(network, layer).attribute(x, CLASS)
                maps[f"layer-{index}"] = channels_last(product.sum(1, keepdim=True))
                maps[f"channels-{index}"] = product.sum((2, 3)).detach().numpy()
                for key, kind in (
                    ("grad-cam++", peers.GradCAMPlusPlus), ("xgrad-cam", peers.XGradCAM), ("hires-cam", peers.HiResCAM),
                    ("layer-cam", peers.LayerCAM), ("eigen-cam", peers.EigenCAM), ("fem", peers.FEM),
                ):
                    maps[f"{key}-{index}"], finished = raw_cam(kind, network, layer, x, CLASS)
                    if key in ("hires-cam", "fem") and index == 7:
                        maps[f"{key}-finished"] = finished
        else:
            maps["guided-backprop"] = channels_last(captum.GuidedBackprop(network).attribute(x, CLASS))
            maps["deconvolution"] = channels_last(captum.Deconvolution(network).attribute(x, CLASS))
            maps["guided-grad-cam"] = channels_last(
                captum.GuidedGradCam(network, network[7]).attribute(x, CLASS, interpolate_mode="bilinear"))
        stored = {"class": CLASS, "maps": {k: numbers(v) for k, v in maps.items()}}
        if not rectified:
            stored["weights"] = {k: numbers(v.detach()) for k, v in network.state_dict().items()}
        (FOLDER / f"{name}.json").write_text(json.dumps(stored))


# MARK: GoogLeNet


def make_googlenet(path, photo):
    sys.path.insert(0, str(Path(__file__).parents[2] / "Scripts/References"))
    import captum.attr as captum
    import pytorch_grad_cam as peers
    import torch
    from onnx_torch import OPERATORS, OnnxNetwork
    from PIL import Image

    class Wrapped(torch.nn.Module):
        """The network up to its logits, whose target layer and rectifiers are modules that peers can hook."""

        def __init__(self, layer):
            super().__init__()
            self.network = OnnxNetwork(path)
            self.layer, self.tap = self.network.layers[layer], torch.nn.Identity()
            rectifiers = [n.output[0] for n, _ in self.network.nodes if n.op_type == "Relu"]
            self.rectifiers = torch.nn.ModuleDict({self.key(n): torch.nn.ReLU() for n in rectifiers})
            self.anchor = torch.nn.Parameter(torch.zeros(1))

        @staticmethod
        def key(name):
            return name.replace(".", "_")

        def forward(self, picture):
            values = dict(self.network.constants)
            values[self.network.input] = self.network.see(picture + 0 * self.anchor)
            for node, attributes in self.network.nodes:
                inputs = [values[n] if n else None for n in node.input]
                name = node.output[0]
                if node.op_type == "Relu":
                    result = self.rectifiers[self.key(name)](inputs[0])
                else:
                    result = OPERATORS[node.op_type](inputs, attributes)
                values[name] = self.tap(result) if name == self.layer else result
                if name == self.network.layers["loss3/classifier"]:
                    return result

    image = np.asarray(Image.open(photo).convert("RGB"), np.float32) / 255
    height, width, _ = image.shape
    side = min(height, width)
    places = [int((i + 0.5) * side / 224) for i in range(224)]
    image = image[(height - side) // 2:][places][:, [p + (width - side) // 2 for p in places]]
    x = torch.tensor(image.transpose(2, 0, 1)[None])

    maps, layer = {}, "inception_5b/output"
    network = Wrapped(layer).eval()
    target = int(network(x).argmax())

    def pooled(tensor):
        """Means over 8 x 8 pixels of a map of 224 x 224."""
        return torch.nn.functional.avg_pool2d(tensor, 8).detach().numpy()

    gradient = captum.Saliency(network).attribute(x, target, abs=False)
    maps["gradient"] = pooled(gradient.sum(1, keepdim=True))
    maps["saliency"] = pooled(gradient.abs().amax(1, keepdim=True))
    maps["gradient-x-input"] = pooled(captum.InputXGradient(network).attribute(x, target).sum(1, keepdim=True))
    integrated = captum.IntegratedGradients(network).attribute(
        x, torch.zeros_like(x), target, n_steps=20, internal_batch_size=5)
    maps["integrated-gradients"] = pooled(integrated.sum(1, keepdim=True))
    maps["guided-backprop"] = pooled(captum.GuidedBackprop(network).attribute(x, target).abs().amax(1, keepdim=True))
    maps["deconvolution"] = pooled(captum.Deconvolution(network).attribute(x, target).abs().amax(1, keepdim=True))
    for name in (layer, "inception_4d/output"):
        network = Wrapped(name).eval()
        short = name.split("/")[0]
        maps[f"grad-cam-{short}"] = captum.LayerGradCam(network, network.tap).attribute(
            x, target, relu_attributions=True).detach().numpy()
        for key, kind in (
            ("grad-cam++", peers.GradCAMPlusPlus), ("xgrad-cam", peers.XGradCAM), ("hires-cam", peers.HiResCAM),
            ("layer-cam", peers.LayerCAM), ("eigen-cam", peers.EigenCAM), ("fem", peers.FEM),
        ):
            maps[f"{key}-{short}"], _ = raw_cam(kind, network, network.tap, x, target)
    stored = {"class": target, "maps": {k: numbers(v) for k, v in maps.items()}}
    (FOLDER / "googlenet.json").write_text(json.dumps(stored))


# MARK: Keras


def make_keras():
    import tf_keras as keras
    from tf_keras_vis.gradcam import Gradcam
    from tf_keras_vis.layercam import Layercam
    from tf_keras_vis.saliency import Saliency
    from tf_keras_vis.utils.scores import CategoricalScore

    stored = json.loads((FOLDER / "smooth.json").read_text())
    weights = {k: np.array(v, np.float32) for k, v in stored["weights"].items()}
    layers = keras.layers
    network = keras.Sequential([
        layers.Input((SIDE, SIDE, 3)),
        layers.Conv2D(6, 3, padding="same", activation="softplus", name="conv1"), layers.AveragePooling2D(2),
        layers.Conv2D(8, 3, padding="same", activation="softplus", name="conv2"), layers.AveragePooling2D(2),
        layers.Conv2D(8, 3, padding="same", activation="softplus", name="conv3"),
        layers.GlobalAveragePooling2D(), layers.Dense(CLASSES, name="dense"),
    ])
    for name, index, inputs in (("conv1", 0, 3), ("conv2", 3, 6), ("conv3", 6, 8)):
        kernel = weights[f"{index}.weight"].reshape(-1, inputs, 3, 3).transpose(2, 3, 1, 0)
        network.get_layer(name).set_weights([kernel, weights[f"{index}.bias"]])
    network.get_layer("dense").set_weights([weights["10.weight"].reshape(CLASSES, 8).T, weights["10.bias"]])
    x, score = picture()[None], CategoricalScore([CLASS])
    saliency = Saliency(network, clone=False)
    maps = {
        "saliency": saliency(score, x, normalize_map=False),
        "signed-saliency": saliency(score, x, gradient_modifier=None, normalize_map=False),
    }
    for name, kind in (("grad-cam", Gradcam), ("layer-cam", Layercam)):
        for layer, index in (("conv2", 4), ("conv3", 7)):
            maps[f"{name}-{index}"] = kind(network, clone=False)(
                score, x, penultimate_layer=layer, seek_penultimate_conv_layer=False, expand_cam=False, normalize_cam=False)
    stored = {"class": CLASS, "maps": {k: numbers(v) for k, v in maps.items()}}
    (FOLDER / "keras.json").write_text(json.dumps(stored))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    {"small": make_small, "googlenet": make_googlenet, "keras": make_keras}[sys.argv[1]](*sys.argv[2:])
