"""Import every module of ours once: `python -m ops.image.importing`. What is imported leaves its bytecode, what never is has none."""

import pkgutil
import sys
import warnings
from collections.abc import Iterator
from importlib import import_module

ROOMS = ("shared", "rules", "services", "gateway", "ops")
_SCRIPTS = (".migrations.", "gunicorn.conf", "ops.private")  # run by others, or by the tests


def modules() -> Iterator[str]:
    """Name every module of ours that a process may import."""
    for room in ROOMS:
        for one in pkgutil.walk_packages(import_module(room).__path__, f"{room}."):
            if not any(script in f"{one.name}." for script in _SCRIPTS):
                yield one.name


def main() -> None:
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    count = len([import_module(name) for name in modules()])
    sys.stdout.write(f"{count} modules\n")


if __name__ == "__main__":
    main()
