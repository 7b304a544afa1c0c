"""``python -m benchmarks`` (make bench): runs every benchmark of this folder, or those named; exits with 1 where one passes its limit."""

import argparse
import importlib
import pkgutil
import sys
from pathlib import Path


def main() -> int:
    names = sorted(
        one.name
        for one in pkgutil.iter_modules([str(Path(__file__).parent)])
        if not one.ispkg and one.name != "__main__"
    )
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"all where none is named: {', '.join(names)}")
    chosen = parser.parse_args().names or names
    if unknown := sorted(set(chosen) - set(names)):
        parser.error(f"no benchmark {', '.join(unknown)}")
    results = []
    for name in chosen:
        sys.stdout.write(f"\n{name}\n")
        results.append(importlib.import_module(f"benchmarks.{name}").main())
    return max(results, default=0)


if __name__ == "__main__":
    sys.exit(main())
