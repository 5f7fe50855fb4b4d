"""Writes objectives.json: objectives and priors stated in NumPy, in float64.

Every case has the tensors that a loss looks at, the loss's value for each picture (what is made small: minus what is
raised), and the gradient of Σ scale · value with respect to the first tensor, by central differences. What is held
constant, such as the blurred copy of a picture, is held so here as well. Formulas are those of the objectives' sources,
restated; ObjectiveFixtureTests makes the losses by the names of the cases.

    python objectives.py > objectives.json
"""
import json

import numpy as np

random = np.random.default_rng(19)
cases = []


def tensor(*shape, low=-1.0, high=1.0):
    """Evenly spaced numbers in random order, as float32 holds them: no two are close, so no maximum is undecided."""
    count = int(np.prod(shape))
    values = low + (high - low) * (np.arange(count) + 0.5) / count
    return random.permutation(values).astype(np.float32).astype(np.float64).reshape(shape)


def case(name, formula, *tensors, **parameters):
    """Keeps a case; formula takes the tensors and gives a value for each picture."""
    first, rest = tensors[0], tensors[1:]
    scales = np.arange(len(first)) - 1.5
    values = formula(first, *rest)
    gradient = np.zeros_like(first)
    step = 1e-6 * (first.max() - first.min())
    for index in np.ndindex(*first.shape):
        sums = []
        for sign in (1, -1):
            moved = first.copy()
            moved[index] += sign * step
            sums.append(float(np.sum(scales * formula(moved, *rest))))
        gradient[index] = (sums[0] - sums[1]) / (2 * step)
    rounded = lambda x: [float(f"{v:.9g}") for v in np.asarray(x, dtype=np.float64).reshape(-1)]
    cases.append({
        "name": name,
        "tensors": [{"shape": list(t.shape), "values": rounded(t)} for t in tensors],
        "parameters": {k: {"shape": list(v.shape), "values": rounded(v)} for k, v in parameters.items()},
        "values": rounded(values), "scales": rounded(scales), "gradient": rounded(gradient),
    })


# Directions: d = Σ_c a_c v_c, cos = d / (|a| + 1e-4) / (|v| + 1e-4).
def dot(a, v):
    return np.sum(a * v, -1)


def cosine(a, v):
    return dot(a, v) / (np.linalg.norm(a, axis=-1) + 1e-4) / (np.linalg.norm(v, axis=-1) + 1e-4)


def mean(x):
    return x.reshape(len(x), -1).mean(1)


vector, patch = tensor(5), tensor(2, 3, 5)
case("direction", lambda a: -mean(dot(a, vector)), tensor(2, 3, 5, 5), vector=vector)
case("direction by cosine", lambda a: -mean(cosine(a, vector)), tensor(2, 3, 5, 5), vector=vector)
case("direction by dot and cosine",
     lambda a: -mean(dot(a, vector) * np.maximum(0.1, cosine(a, vector)) ** 2), tensor(2, 3, 5, 5), vector=vector)
case("direction at the center", lambda a: -dot(a[:, 1, 2], vector), tensor(2, 3, 5, 5), vector=vector)
case("direction of a dense layer",
     lambda a: -dot(a, vector) * np.maximum(0.1, cosine(a, vector)) ** 1.5, tensor(3, 5), vector=vector)
case("patch of directions",
     lambda a: -mean(dot(a[:, 1:3, 1:4], patch) * np.maximum(0.1, cosine(a[:, 1:3, 1:4], patch)) ** 4),
     tensor(2, 5, 6, 5), patch=patch)
own = tensor(2, 5)
case("direction of each picture", lambda a: -mean(cosine(a, own[:, None, None, :])), tensor(2, 3, 3, 5), vectors=own)
samples = tensor(3, 4, 4, 5, low=0)
samples[..., 3] = 0  # A dead channel: singular without the ridge.
flat = samples.reshape(-1, 5)
moment = flat.T @ flat / len(flat)
whitening = np.linalg.inv(moment + 1e-4 * np.trace(moment) / 5 * np.eye(5))
case("whitened direction", lambda a: -mean(dot(a, vector @ whitening)), tensor(2, 3, 3, 5), vector=vector, samples=samples)

# Weighted means: Σ_p m_p Σ_c w_c a / Σ_p |m_p|.
weights, weightMap = tensor(5), tensor(3, 5)
case("channel weights", lambda a: -mean(dot(a, weights)), tensor(2, 3, 5, 5), weights=weights)
case("region weights", lambda a: -mean(dot(a[:, 1:3, 2:5], weights)), tensor(2, 3, 5, 5), weights=weights)
case("map of weights",
     lambda a: -np.sum(dot(a, weights) * weightMap, (1, 2)) / np.abs(weightMap).sum(), tensor(2, 3, 5, 5),
     weights=weights, map=weightMap)
case("deep dream", lambda a: -mean(a ** 2), tensor(2, 3, 5, 3))


# Classes.
def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


case("probability", lambda x: -softmax(x)[:, 2], tensor(3, 5, low=-3, high=3))
case("cross-entropy", lambda x: -np.log(softmax(x)[:, 2]), tensor(3, 5, low=-3, high=3))
case("cross-entropy of each picture", lambda x: -np.log(softmax(x)[range(3), [4, 0, 1]]), tensor(3, 5, low=-3, high=3))
case("cross-entropy of a map", lambda x: -mean(np.log(softmax(x)[..., 2])), tensor(2, 3, 3, 5, low=-3, high=3))
case("margin", lambda x: -(x[:, 2] - np.delete(x, 2, 1).max(1)), tensor(3, 5, low=-3, high=3))
case("margin of each picture",
     lambda x: -np.array([x[n, c] - np.delete(x[n], c).max() for n, c in enumerate([4, 0, 1])]),
     tensor(3, 5, low=-3, high=3))


# Batches.
def interpolation(a, b, w):
    return -((1 - w) * mean(a[..., 1]) + w * mean(b[..., 3]))


case("interpolation", lambda a: interpolation(a, a, np.array([0, 0.5, 1])), tensor(3, 3, 5, 4))
case("interpolation of two layers", lambda a, b: interpolation(a, b, np.array([0.25, 2])), tensor(2, 3, 5, 4), tensor(2, 2, 3, 5))


def gram(a):
    flat = a.reshape(len(a), -1, a.shape[-1])
    return np.einsum("npc,npd->ncd", flat, flat)


def diversity(a):
    g = gram(a)
    g = g / np.maximum(np.linalg.norm(g, axis=(1, 2), keepdims=True), 1e-5)
    return np.array([sum(np.sum(g[i] * g[j]) for j in range(len(a)) if j != i) / len(a) for i in range(len(a))])


def alignment(a, decay=2.0):
    total = sum(np.mean((a[i] - a[i + d]) ** 2) / decay ** d for d in (1, 2, 3, 4) for i in range(len(a) - d))
    return np.full(len(a), total / len(a))


case("diversity", diversity, tensor(3, 3, 5, 3))
case("alignment", alignment, tensor(6, 2, 3, 2))
case("alignment of a short batch", lambda a: alignment(a, 3.0), tensor(2, 3, 3, 2))


# References: t is the second tensor.
def whole(a):
    return a.reshape(len(a), -1)


def caricature(a, t):
    d = np.sum(whole(a) * whole(t), 1)
    c = d / (np.linalg.norm(whole(a), axis=1) + 1e-6) / (np.linalg.norm(whole(t), axis=1) + 1e-6)
    return d, c


case("caricature", lambda a, t: -caricature(a, t)[0], tensor(2, 3, 5, 3), tensor(2, 3, 5, 3))
case("caricature with a cosine",
     lambda a, t: -caricature(a, t)[0] * np.maximum(0.1, caricature(a, t)[1]) ** 1.5,
     tensor(2, 3, 5, 3, low=-0.3), tensor(2, 3, 5, 3, low=-0.3))
case("inversion", lambda a, t: np.linalg.norm(whole(a - t), axis=1), tensor(2, 3, 5, 3), tensor(2, 3, 5, 3))
case("inversion by relative squares",
     lambda a, t: np.sum(whole(a - t) ** 2, 1) / np.sum(whole(t) ** 2, 1), tensor(2, 3, 5, 3), tensor(2, 3, 5, 3))
case("inversion by positions", lambda a, t: mean(np.linalg.norm(a - t, axis=-1)), tensor(2, 3, 5, 3), tensor(2, 3, 5, 3))
case("style", lambda a, t: mean(np.abs(gram(a) - gram(t)) / 15), tensor(2, 3, 5, 3), tensor(2, 3, 5, 3))
case("style by squares", lambda a, t: np.sqrt(mean(((gram(a) - gram(t)) / 15) ** 2)), tensor(2, 3, 5, 3), tensor(2, 3, 5, 3))


def ordered(a):
    return np.sort(a.reshape(len(a), -1, a.shape[-1]), 1)


case("sort matching", lambda a, r, s: mean((ordered(a) - (ordered(r) + ordered(s)) / 2) ** 2),
     tensor(2, 3, 5, 3), tensor(2, 3, 5, 3), tensor(2, 3, 5, 3))
case("difference of layers", lambda a, b: mean(np.abs(a - b)), tensor(2, 3, 5, 3), tensor(2, 3, 5, 3))
case("difference to a reference", lambda a, b: mean((a - b) ** 2), tensor(2, 3, 5, 3), tensor(2, 3, 5, 3))
batch = tensor(3, 3, 5, 3)
case("difference to another picture", lambda a: mean((a - batch[1]) ** 2), batch)
photo = tensor(1, 3, 5, 3, low=0)
case("distance to a picture", lambda x: np.sqrt(mean((x - photo) ** 2)), tensor(2, 3, 5, 3, low=0), picture=photo)


# Batch normalization's statistics.
def statistics(a, axes, mu, var):
    m, v = a.mean(axes), a.var(axes)
    return np.linalg.norm(v - var, axis=-1) + np.linalg.norm(m - mu, axis=-1)


mu, var = tensor(3), tensor(3, low=0.2)
case("statistics of pictures", lambda a: 10 * statistics(a, (1, 2), mu, var), tensor(2, 3, 5, 3), mean=mu, variance=var)
case("statistics of a batch", lambda a: np.full(2, statistics(a, (0, 1, 2), mu, var) / 2), tensor(2, 3, 5, 3), mean=mu, variance=var)


# Priors of pictures.
def directions(x):
    return [x[:, :, 1:] - x[:, :, :-1], x[:, 1:] - x[:, :-1], x[:, 1:, 1:] - x[:, :-1, :-1], x[:, 1:, :-1] - x[:, :-1, 1:]]


case("directional variation", lambda x: sum(np.linalg.norm(whole(d), axis=1) for d in directions(x)), tensor(2, 5, 4, 3))
case("directional variation of channels",
     lambda x: sum(np.sqrt(np.sum(d ** 2, (1, 2))).mean(1) for d in directions(x)), tensor(2, 5, 4, 3))
case("directional variation of a signal",
     lambda x: np.linalg.norm(whole(x[:, :, 1:] - x[:, :, :-1]), axis=1), tensor(2, 1, 7, 2))
case("sum of magnitudes", lambda a: np.sum(np.abs(whole(a)), 1), tensor(2, 3, 4, 2))
case("length about a constant", lambda a: np.sqrt(1e-6 + np.sum((whole(a) - 0.5) ** 2, 1)), tensor(2, 3, 4, 2))


def blur(x, side):
    """Weights of 1 but for the rim of the window, 0.5, divided by those inside the picture."""
    reach, (height, width) = side // 2, x.shape[1:3]
    sums, weights = np.zeros_like(x), np.zeros((1, height, width, 1))
    for y in range(height):
        for column in range(width):
            for v in range(max(0, y - reach), min(height, y + reach + 1)):
                for u in range(max(0, column - reach), min(width, column + reach + 1)):
                    weight = 0.5 if max(abs(v - y), abs(u - column)) == reach else 1.0
                    sums[:, y, column] += weight * x[:, v, u]
                    weights[0, y, column, 0] += weight
    return sums / weights


x = tensor(2, 5, 4, 2, low=0)
held = blur(x, 3)  # The copy does not move.
case("blur penalty", lambda x: np.sum(whole(x - held) ** 2, 1) / 2, x)
frame = np.ones((7, 6))
frame[2:-2, 2:-2] = 0
case("boundary complexity",
     lambda x: np.sum(whole(((blur(x, 5) - x) ** 2 + 0.8 * (x - 0.4) ** 2) * frame[..., None]), 1), tensor(2, 7, 6, 2, low=0))


def slope(picture):
    """The slope of the logarithm of the power of rings over that of their distance from frequency 0."""
    height, width, channels = picture.shape
    side = min(e for e in (height, width) if e > 1)
    power = np.sum(np.abs(np.fft.fft2(picture, axes=(0, 1))) ** 2, 2) / (channels * height * width)
    radius = np.hypot(*np.meshgrid(np.fft.fftfreq(height), np.fft.fftfreq(width), indexing="ij"))
    ring = np.floor(radius * side + 0.5).astype(int)
    rings = range(1, side // 2 + 1)
    means = [power[ring == r].mean() for r in rings]
    return np.polyfit(np.log(list(rings)), np.log(np.array(means) + 1e-10), 1)[0]


case("spectrum slope", lambda x: np.array([(slope(p) + 2) ** 2 for p in x]), tensor(2, 9, 11, 2, low=0))
case("spectrum slope of a signal", lambda x: np.array([(slope(p) + 1) ** 2 for p in x]), tensor(2, 1, 12, 1, low=0))


if __name__ == "__main__":
    print("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]")
