"""Exports small transformers and a ConvNeXt with random weights to ONNX, and what they compute.

    python make_transformer_fixtures.py

writes, into the folder TransformerFixtures beside this file, for each network its ONNX files (one per exporter of PyTorch) and

    NAME-input.npy      pictures [N, 3, H, W]
    NAME-logits.npy     their scores [N, classes]
    NAME-gradient.npy   the gradient of sum(logits * weights) with respect to the pictures,
                        weights[k] = (-1)^k * (k + 1) / classes

computed in double precision from the very weights of the files. Made with torch 2.13, torchvision 0.29, timm 1.0.31,
onnx 1.23 and onnxscript 0.7.
"""
import io
from pathlib import Path

import numpy as np
import onnx
import torch
from timm.models.deit import VisionTransformerDistilled
from torchvision.models import VisionTransformer
from torchvision.models.convnext import CNBlockConfig, ConvNeXt

FOLDER = Path(__file__).parent / "TransformerFixtures"
CLASSES = 10


# Name, side of the pictures, network.
NETWORKS = [
    ("vit", 16, lambda: VisionTransformer(image_size=16, patch_size=4, num_layers=2, num_heads=3, hidden_dim=24,
                                          mlp_dim=48, num_classes=CLASSES)),
    ("deit", 16, lambda: VisionTransformerDistilled(img_size=16, patch_size=4, depth=2, num_heads=3, embed_dim=24,
                                                    mlp_ratio=2, num_classes=CLASSES)),
    ("convnext", 32, lambda: ConvNeXt([CNBlockConfig(8, 16, 1), CNBlockConfig(16, 24, 2), CNBlockConfig(24, None, 1)],
                                      num_classes=CLASSES)),
]


def randomize(network):
    """Leaves no parameter at 0, 1 or 1e-6, where a mistake would not show."""
    for name, parameter in network.named_parameters():
        noise = torch.rand(parameter.shape) * 2 - 1
        if name.endswith("layer_scale"):
            parameter.data = noise * 0.3 + 0.7
        else:
            parameter.data += noise * 0.1


def stripped(model):
    """A model without the notes on where in Python each node came from."""
    for message in [model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output,
                    *model.graph.value_info, *model.graph.initializer]:
        for field in ["doc_string", "metadata_props", "value_info"]:
            if any(f.name == field for f in message.DESCRIPTOR.fields):
                message.ClearField(field)
    model.graph.ClearField("value_info")
    return model


def exported(network, example):
    """The network by exporter, with a free number of pictures.

    Before operator set 17 normalization is many nodes, and GELU before 20.
    """
    names = {"input_names": ["pictures"], "output_names": ["logits"]}
    for exporter, operators in [("torchscript", None), ("torchscript-14", 14)]:
        buffer = io.BytesIO()
        torch.onnx.export(network, (example,), buffer, dynamo=False, opset_version=operators,
                          dynamic_axes={"pictures": {0: "n"}}, **names)
        yield exporter, onnx.load_from_string(buffer.getvalue())
    program = torch.onnx.export(network, (example,), dynamo=True, dynamic_shapes=({0: torch.export.Dim("n")},), **names)
    yield "dynamo", program.model_proto


def main():
    FOLDER.mkdir(exist_ok=True)
    for seed, (name, size, make) in enumerate(NETWORKS):
        torch.manual_seed(seed)
        network = make().eval()
        randomize(network)
        pictures = torch.randn(2, 3, size, size)
        for exporter, model in exported(network, torch.randn(3, 3, size, size)):
            onnx.save(stripped(model), FOLDER / f"{name}-{exporter}.onnx")
        exact = pictures.double().requires_grad_()
        logits = network.double()(exact)
        k = torch.arange(CLASSES)
        (logits * ((-1.0) ** k * (k + 1) / CLASSES)).sum().backward()
        for kind, tensor in [("input", pictures), ("logits", logits), ("gradient", exact.grad)]:
            np.save(FOLDER / f"{name}-{kind}.npy", tensor.detach().float().numpy())


if __name__ == "__main__":
    main()
