"""``python -m benchmarks`` (make bench): runs every benchmark of this folder; exits with 1 where one passes its limit."""

import importlib
import pkgutil
import sys
from pathlib import Path


def main() -> int:
    names = sorted(one.name for one in pkgutil.iter_modules([str(Path(__file__).parent)]) if one.name != "__main__")
    results = []
    for name in names:
        sys.stdout.write(f"\n{name}\n")
        results.append(importlib.import_module(f"benchmarks.{name}").main())
    return max(results, default=0)


if __name__ == "__main__":
    sys.exit(main())
