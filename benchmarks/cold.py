"""Cold process to printed answer for a family case, with and without the cache, beside a Python that does nothing.

python benchmarks/cold.py
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from enplan import data

CASE = "familie/birk-2-opfoelgning.yaml"


def _seconds(command: list[str], environment: dict[str, str], times: int = 7) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Print medians of seven runs and what dominates."""
    case = str(Path(str(data.folder("scenarios"))) / CASE)
    enplan = [sys.executable, "-m", "enplan.cli", "check", case]
    cached = dict(os.environ)
    uncached = {**cached, "ENPLAN_CACHE": "off"}
    subprocess.run(enplan, env=cached, check=True, stdout=subprocess.DEVNULL)
    nothing = _seconds([sys.executable, "-c", "pass"], cached)
    imports = _seconds([sys.executable, "-c", "import enplan.assess, enplan.report, click"], cached)
    warm, cold = _seconds(enplan, cached), _seconds(enplan, uncached)
    suite = _seconds([sys.executable, "-m", "enplan.cli", "scenarios"], cached, times=3)
    print(f"python -c pass              {nothing:.3f} s")
    print(f"importing the package       {imports:.3f} s")
    print(f"check, corpus from cache    {warm:.3f} s   {warm / nothing:.1f} times nothing")
    print(f"check, corpus from YAML     {cold:.3f} s   {cold / warm:.2f} times the cached")
    print(f"every shipped scenario      {suite:.1f} s   {suite / warm:.0f} times one case")


if __name__ == "__main__":
    main()
