"""Makes Fixtures/photo-groups.json: the groups that scikit-learn finds in what GoogLeNet makes of a photo.

    env/bin/pip install onnx onnxruntime scikit-learn pillow
    env/bin/python make_photo_groups.py DATA

DATA is the folder of real networks and photos that CONTRIBUTING.md speaks of.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from PIL import Image
from sklearn.decomposition import NMF

LAYER, COUNT, SIDE = "inception_4c/output", 6, 224


def activations(data):
    path = data / "networks/googlenet-imagenet.onnx"
    model = onnx.load(path)
    value = next(o for node in model.graph.node for o in node.output if LAYER in o)
    model.graph.output.append(onnx.helper.make_tensor_value_info(value, 1, None))
    session = onnxruntime.InferenceSession(model.SerializeToString())
    # BGR, 0…255, less the means that the network's sidecar states.
    photo = Image.open(data / "photos/parrot.png").convert("RGB")
    side = min(photo.size)
    left, top = (photo.width - side) // 2, (photo.height - side) // 2
    photo = photo.crop((left, top, left + side, top + side)).resize((SIDE, SIDE), Image.BILINEAR)
    pixels = np.asarray(photo).astype(np.float32)[..., ::-1] - np.float32([104, 117, 123])
    found = session.run([value], {session.get_inputs()[0].name: pixels.transpose(2, 0, 1)[None]})[0][0]
    return found.transpose(1, 2, 0)


def main():
    a = activations(Path(sys.argv[1])).astype(float)
    height, width, units = a.shape
    flat = a.reshape(-1, units)
    model = NMF(COUNT, init="nndsvda", tol=1e-4, max_iter=200, random_state=0)
    w = model.fit_transform(flat)
    w, h = w * np.linalg.norm(model.components_, axis=1), model.components_
    h = h / np.linalg.norm(h, axis=1, keepdims=True)
    order = sorted(range(COUNT), key=lambda k: (w[:, k].argmax() % width, w[:, k].argmax() // width))
    peaks = [[int(w[:, k].argmax()) // width, int(w[:, k].argmax()) % width] for k in order]
    total = (flat**2).sum()
    values = {
        "explained": [1 - ((flat - w @ h) ** 2).sum() / total],
        "peaks": [number for peak in peaks for number in peak],
        "shares": [(w[:, k] ** 2).sum() / total for k in order],
    }
    target = Path(__file__).parent / "Fixtures/photo-groups.json"
    target.write_text(json.dumps({k: [float(f"{x:.6g}") for x in v] for k, v in values.items()}))


if __name__ == "__main__":
    main()
