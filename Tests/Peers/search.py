"""The search of `keyproof-benchmarks --only search`, in numpy: cosine, exact, the nearest four."""

import os
import sys
import time
from pathlib import Path

import numpy

WANTED = 4


def load(file: Path, dimensions: int) -> numpy.ndarray:
    rows = numpy.fromfile(file, dtype="<f4").reshape(-1, dimensions)
    return rows / numpy.linalg.norm(rows, axis=1, keepdims=True)


def search(vectors: numpy.ndarray, query: numpy.ndarray) -> list[int]:
    similarity = vectors @ query
    best = numpy.argpartition(similarity, -WANTED)[-WANTED:]
    return best[numpy.argsort(-similarity[best])].tolist()


def main() -> int:
    threads = os.environ.get("OPENBLAS_NUM_THREADS") or "all"
    different = 0
    for folder in sorted(Path(sys.argv[1]).iterdir(), key=lambda folder: int(folder.name)):
        dimensions = int(folder.name)
        vectors = load(folder / "vectors.f32", dimensions)
        queries = load(folder / "queries.f32", dimensions)
        expected = [
            [int(word) for word in line.split()]
            for line in (folder / "nearest.txt").read_text().splitlines()
        ]
        search(vectors, queries[0])
        times = []
        for query, ours in zip(queries, expected, strict=True):
            begin = time.perf_counter()
            found = search(vectors, query)
            times.append((time.perf_counter() - begin) * 1e3)
            different += found != ours
        times.sort()
        median = times[len(times) // 2]
        ours = sorted(float(line) for line in (folder / "milliseconds.txt").read_text().split())
        print(
            f"numpy {numpy.__version__}, {dimensions} dimensions, {len(vectors)} chunks, "
            f"{threads} thread(s): median {median:.2f} ms, "
            f"99th percentile {times[len(times) * 99 // 100]:.2f} ms; "
            f"ours {ours[len(ours) // 2]:.2f} ms, {ours[len(ours) // 2] / median:.2f} times numpy's"
        )
    print(f"{different} searches found something else than ours")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
