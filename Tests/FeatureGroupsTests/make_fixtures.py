"""Makes Fixtures/*.json: what scikit-learn, umap-learn, SciPy and NumPy make of small matrices.

    python3 -m venv env && env/bin/pip install scikit-learn==1.9.1 umap-learn==0.5.12
    env/bin/python make_fixtures.py

The reference of groups is lucid's `NeuronGroups` and `ChannelReducer` in NumPy: NMF by scikit-learn, as there. Cells of an
atlas are those of Carter et al. 2019 with both margins a tenth of the same length and half-open cells.
"""

import json
from pathlib import Path

import numpy as np
import umap
from scipy import stats
from sklearn.cluster import KMeans
from sklearn.datasets import load_digits
from sklearn.decomposition import NMF, PCA
from sklearn.linear_model import Ridge
from sklearn.manifold import trustworthiness

FOLDER = Path(__file__).parent / "Fixtures"


def write(name, **values):
    def plain(x):
        x = np.asarray(x)
        if x.dtype.kind in "iub":
            return x.ravel().tolist()
        return [float(f"{v:.9g}") for v in x.ravel()]

    text = {key: value if isinstance(value, str) else plain(value) for key, value in values.items()}
    (FOLDER / f"{name}.json").write_text(json.dumps(text))


def factorisation():
    rng = np.random.default_rng(1)
    # Blocks of units that are active together, rectified noise upon them.
    parts = np.maximum(0, rng.normal(size=(4, 12)))
    x = np.maximum(0, np.maximum(0, rng.normal(size=(30, 4))) @ parts + 0.2 * rng.normal(size=(30, 12)))
    x = x.astype(np.float32).astype(np.float64)
    other = np.maximum(0, rng.normal(size=(5, 12))).astype(np.float32).astype(np.float64)
    found = {}
    for name, penalty in (("plain", 0.0), ("penalised", 0.01)):
        model = NMF(4, init="nndsvda", solver="cd", alpha_W=penalty, l1_ratio=0, tol=1e-9, max_iter=100_000, random_state=0)
        w = model.fit_transform(x)
        h = model.components_
        objective = 0.5 * ((x - w @ h) ** 2).sum() + 0.5 * penalty * (12 * (w**2).sum() + 30 * (h**2).sum())
        found |= {
            f"{name}_directions": h, f"{name}_residual": [np.linalg.norm(x - w @ h)],
            f"{name}_objective": [objective], f"{name}_weights_of_other": model.transform(other),
        }
    write("factorisation", samples=x, other=other, **found)


def components():
    rng = np.random.default_rng(2)
    x = (rng.normal(size=(40, 3)) @ rng.normal(size=(3, 7)) + 0.3 * rng.normal(size=(40, 7)) + 5).astype(np.float32)
    x = x.astype(np.float64)
    plain, white = PCA(3, svd_solver="full").fit(x), PCA(3, svd_solver="full", whiten=True).fit(x)
    second = x.T @ x / len(x)
    second += 1e-4 * np.trace(second) / 7 * np.eye(7)
    write(
        "components", samples=x, components=plain.components_,
        variances=plain.explained_variance_ * 39 / 40, shares=plain.explained_variance_ratio_,
        coordinates=plain.transform(x), covariance=np.cov(x.T, bias=True),
        # scikit-learn divides variances by n − 1.
        whitened=white.transform(x) * np.sqrt(40 / 39), whitening=np.linalg.inv(second))


def embedding():
    digits = load_digits()
    x = digits.data[:240].astype(int)
    places = umap.UMAP(n_neighbors=15, min_dist=0.05, metric="cosine", random_state=0, n_epochs=200).fit_transform(x)
    graph, _, _ = umap.umap_.fuzzy_simplicial_set(
        x[:40].astype(np.float32), 6, np.random.RandomState(0), "cosine")
    write(
        "embedding", samples=x, labels=digits.target[:240],
        trust=[trustworthiness(x, places, n_neighbors=10, metric="cosine")],
        trust_of_components=[trustworthiness(x, PCA(2).fit_transform(x), n_neighbors=10, metric="cosine")],
        graph=graph.toarray())


def atlas():
    rng = np.random.default_rng(3)
    layout = rng.standard_t(3, size=(400, 2)).astype(np.float32).astype(np.float64)
    vectors = np.maximum(0, rng.normal(size=(400, 5))).astype(np.float32).astype(np.float64)
    low, high = np.percentile(layout, 1, axis=0), np.percentile(layout, 99, axis=0)
    low, high = low - 0.1 * (high - low), high + 0.1 * (high - low)
    shares = np.clip((layout - low) / (high - low), 0, 1)
    cells = np.minimum(5, (shares * 6).astype(int))
    rows, counts, means = [], [], []
    for row in range(6):
        for column in range(6):
            inside = (cells[:, 1] == row) & (cells[:, 0] == column)
            if inside.sum() > 5:
                rows.append([row, column])
                counts.append(int(inside.sum()))
                means.append(vectors[inside].mean(axis=0))
    write("atlas", layout=layout, vectors=vectors, cells=np.array(rows), counts=np.array(counts), means=np.array(means))


def groups():
    """lucid's NeuronGroups: factors of one map, ordered by the column of their peak."""
    rng = np.random.default_rng(4)
    height, width, units, count = 5, 7, 10, 3
    y, x = np.mgrid[0:height, 0:width]
    blobs = [np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 2) for cx, cy in ((5, 1), (1, 3), (3, 4))]
    parts = np.maximum(0, rng.normal(size=(count, units)))
    a = sum(b[..., None] * p for b, p in zip(blobs, parts)) + 0.01 * rng.random((height, width, units))
    a = a.astype(np.float32).astype(np.float64)
    model = NMF(count, init="nndsvda", tol=1e-8, max_iter=100_000, random_state=0)
    w = model.fit_transform(a.reshape(-1, units))
    h = model.components_
    lengths = np.linalg.norm(h, axis=1)
    w, h = w * lengths, h / lengths[:, None]
    peaks = w.argmax(axis=0)
    order = np.argsort(peaks % width, kind="stable")
    gradient = rng.normal(size=a.shape)
    write(
        "groups", activations=a, directions=h[order], maps=w.T[order],
        peaks=np.array([[p // width, p % width] for p in peaks[order]]), gradient=gradient,
        attributions=np.einsum("pk,kc,pc->k", w[:, order], h[order], gradient.reshape(-1, units)))


def concepts():
    rng = np.random.default_rng(5)
    concept, others = rng.normal(size=(12, 6)) + [1, 0, 0, -1, 0, 0], rng.normal(size=(15, 6))
    concept, others = (v.astype(np.float32).astype(np.float64) for v in (concept, others))
    wide = rng.normal(size=(9, 20)).astype(np.float32).astype(np.float64)
    targets = np.array([1.0] * 12 + [-1.0] * 15)
    x = np.concatenate([concept, others])
    centred = x - x.mean(axis=0)
    ridge = Ridge(alpha=1e-3 * (centred**2).sum()).fit(x, targets)
    wide_targets = np.array([1.0] * 4 + [-1.0] * 5)
    wide_centred = wide - wide.mean(axis=0)
    wide_ridge = Ridge(alpha=1e-3 * (wide_centred**2).sum()).fit(wide, wide_targets)
    left, right = [0.9, 0.8, 0.85, 0.95, 0.7], [0.5, 0.65, 0.4, 0.55, 0.6]
    write(
        "concepts", concept=concept, others=others, direction=ridge.coef_ / np.linalg.norm(ridge.coef_),
        accuracy=[((ridge.predict(x) > 0) == (targets > 0)).mean()],
        wide=wide, wide_direction=wide_ridge.coef_ / np.linalg.norm(wide_ridge.coef_),
        left=np.array(left), right=np.array(right),
        probability=[stats.ttest_ind(left, right, equal_var=False).pvalue])


def units():
    rng = np.random.default_rng(6)
    one = rng.normal(size=(14, 5)) * 0.4 + [1, 1, 0, 0, 0]
    two = np.concatenate([rng.normal(size=(7, 5)) * 0.2 + [2, 0, 0, 0, 0], rng.normal(size=(6, 5)) * 0.2 + [0, 0, 2, 0, 1]])
    one, two = (v.astype(np.float32).astype(np.float64) for v in (one, two))
    normed = one / np.linalg.norm(one, axis=1, keepdims=True)
    n = len(one)
    cosines = normed @ normed.T
    np.fill_diagonal(cosines, -np.inf)
    centres = KMeans(2, n_init=10, random_state=0).fit(two).cluster_centers_
    a, b = centres / np.linalg.norm(centres, axis=1, keepdims=True)
    write(
        "units", one=one, two=two, clarity=[((normed.mean(axis=0) ** 2).sum() - 1 / n) * n / (n - 1)],
        largest=cosines.max(axis=1), redundancy=[cosines.max(axis=1).mean()], polysemanticity=[1 - a @ b])


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for make in (factorisation, components, embedding, atlas, groups, concepts, units):
        make()
