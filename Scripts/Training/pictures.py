"""Sets of drawn pictures, made by all cores once and kept in a folder."""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from drawing.apples import MOST_APPLES, apple_scene
from drawing.classes import CLASSES
from drawing.scene import SIDE, picture

CHUNK = 480
"""Pictures that one task draws: a multiple of the number of classes."""


def class_pictures(folder, count, seed):
    """`count` pictures, as many of each class, and their classes: uint8 [count, S, S, 3], int64 [count]."""
    return _drawn(folder, "classes", _draw_classes, count, seed, np.int64)


def apple_scenes(folder, count, seed):
    """`count` scenes and their numbers of apples: uint8 [count, S, S, 3], float32 [count]."""
    return _drawn(folder, "apples", _draw_apples, count, seed, np.float32)


def _draw_classes(job):
    seed, start, end = job
    draws = list(CLASSES.values())
    targets = [i % len(draws) for i in range(start, end)]
    pictures = [picture(draws[t], np.random.default_rng([seed, i])) for i, t in enumerate(targets, start)]
    return np.stack(pictures), targets


def _draw_apples(job):
    seed, start, end = job
    targets = [i % (MOST_APPLES + 1) for i in range(start, end)]
    scenes = [apple_scene(t, np.random.default_rng([seed, i])) for i, t in enumerate(targets, start)]
    return np.stack(scenes), targets


def _drawn(folder, kind, draw, count, seed, target_type):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{kind}-{count}-seed{seed}.npy"
    targets = folder / f"{kind}-{count}-seed{seed}-targets.npy"
    if not targets.exists():
        shape = (count, SIDE, SIDE, 3)
        pictures = np.lib.format.open_memmap(file, mode="w+", dtype=np.uint8, shape=shape)
        values = np.zeros(count, target_type)
        jobs = [(seed, start, min(start + CHUNK, count)) for start in range(0, count, CHUNK)]
        with ProcessPoolExecutor() as pool:
            for (_, start, end), (chunk, chunk_targets) in zip(jobs, pool.map(draw, jobs)):
                pictures[start:end] = chunk
                values[start:end] = chunk_targets
        pictures.flush()
        np.save(targets, values)
    return np.load(file, mmap_mode="r"), np.load(targets)
