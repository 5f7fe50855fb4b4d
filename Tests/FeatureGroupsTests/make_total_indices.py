"""Makes Fixtures/total-indices.json: what Xplique's estimator makes of a function's values.

    env/bin/pip install xplique tensorflow-cpu
    env/bin/python make_total_indices.py

Xplique divides by the variance over its first matrix, with n − 1; ours is over both, with n, so that indices differ by one
factor for all variables.
"""

import json
from pathlib import Path

import numpy as np
from xplique.attributions.global_sensitivity_analysis.sobol_estimators import JansenEstimator

DESIGNS, VARIABLES = 32, 5


def main():
    rng = np.random.default_rng(8)
    a, b = rng.random((DESIGNS, VARIABLES)), rng.random((DESIGNS, VARIABLES))
    mixed = []
    for variable in range(VARIABLES):
        c = a.copy()
        c[:, variable] = b[:, variable]
        mixed.append(c)
    points = np.concatenate([a, b, *mixed])
    values = points @ [3.0, 2.0, 1.0, 0.5, 0.0] + points[:, 1] * points[:, 2]
    found = JansenEstimator()(points.reshape(-1, VARIABLES, 1, 1), values, DESIGNS)
    variances = [values[:DESIGNS].var(ddof=1), values[: 2 * DESIGNS].var()]
    target = Path(__file__).parent / "Fixtures/total-indices.json"
    target.write_text(
        json.dumps({"values": list(values), "indices": [float(x) for x in np.ravel(found)], "variances": variances}))


if __name__ == "__main__":
    main()
