"""What a benchmark prints: its machine, a table of times, and the closing line of JSON."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles


def p95(seconds: Sequence[float]) -> float:
    """The time within which 95 of 100 were answered."""
    return quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]


def machine() -> dict[str, str | int | float]:
    """Where and when; the load tells how much else was going on."""
    words = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = next(
        (line.split(":")[1].strip() for line in words.splitlines() if line.startswith("model name")), "unknown"
    )
    return {
        "processor": model,
        "cores": os.cpu_count() or 0,
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
        "at": datetime.now().astimezone().isoformat(timespec="minutes"),
    }


def head(**sizes: object) -> None:
    """The first lines: the machine and the sizes of the run."""
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    print(", ".join(f"{name} {value}" for name, value in sizes.items()), flush=True)


def table(rows: Mapping[str, Sequence[float]], *, against: str) -> dict[str, float]:
    """Print median and p95 of each row in ms and as multiples of the row ``against``; returns the multiples of p95."""
    base = rows[against]
    print(f"{'':<24}{'n':>6}{'median ms':>11}{'p95 ms':>9}{'median ×':>10}{'p95 ×':>8}")
    ratios: dict[str, float] = {}
    for name, seconds in rows.items():
        times = median(seconds) / median(base), p95(seconds) / p95(base)
        print(
            f"{name:<24}{len(seconds):>6}{1000 * median(seconds):>11.1f}{1000 * p95(seconds):>9.1f}"
            f"{times[0]:>10.2f}{times[1]:>8.2f}",
            flush=True,
        )
        if name != against:
            ratios[f"{name}_p95"] = round(times[1], 2)
            ratios[f"{name}_median"] = round(times[0], 2)
    return ratios


def close(*, ratios: Mapping[str, float], **more: object) -> None:
    """The last line, for whoever reads on by program."""
    print(json.dumps({"ratios": dict(ratios), **more, "machine": machine()}, ensure_ascii=False), flush=True)
