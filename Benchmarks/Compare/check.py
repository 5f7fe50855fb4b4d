"""Prints the relative errors of logits and gradient in files: python check.py FOLDER LOGITS.npy GRADIENT.npy"""

import json
import sys
from pathlib import Path

import numpy as np
from worker import check

if __name__ == "__main__":
    print(json.dumps(check(Path(sys.argv[1]), [np.load(path) for path in sys.argv[2:4]])))
