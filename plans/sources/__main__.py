"""The process that opens a file: content on standard input, one JSON object on standard output.

``{"kind", "text", "pages", "here", "there"}``, or ``{"refused": code}``. Its memory, its time and its right to write
files are limited before it loads anything that parses. ``reading`` starts it and holds the clock.
"""

import json
import resource
import sys
from typing import Any

# Of address space. Measured: 40 pages take 50 MB with the libraries; a file at the limits of ``kinds`` less than this.
_MOST_MEMORY = 512 * 1024 * 1024
_MOST_SECONDS = 5


def limit() -> None:
    """Take from this process what a file could misuse."""
    for what, most in (
        (resource.RLIMIT_AS, _MOST_MEMORY),
        (resource.RLIMIT_CPU, _MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def answer(content: bytes) -> dict[str, Any]:
    """Return what the process says of a file: never raises."""
    from .opening import open_source
    from .shapes import Refused

    try:
        source = open_source(content)
    except Refused as refused:
        return {"refused": refused.code}
    except MemoryError:
        return {"refused": "too_heavy"}
    except Exception:
        # Whatever a parser stumbles over in a file that a stranger made: the file is broken, and is refused as such.
        return {"refused": "broken"}
    return {
        "kind": source.kind,
        "text": source.text,
        "pages": source.pages,
        "here": source.origin.here,
        "there": source.origin.there,
    }


def main() -> None:
    """Read one file."""
    limit()
    sys.stdout.buffer.write(json.dumps(answer(sys.stdin.buffer.read())).encode())


if __name__ == "__main__":
    main()
