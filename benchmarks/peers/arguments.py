"""What one benchmark is told on its command line: read here for all of them, so that each shows its help, or what it cannot take, before it begins."""

import argparse
import sys
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Arguments:
    words: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


def arguments(description: str | None, *words: str, numbers: str = "") -> Arguments:
    """Return the words, of those it knows, and the positive whole numbers, if it takes any, that were told; anything else ends the process."""

    def one(given: str) -> str | int:
        if given in words:
            return given
        if numbers and given.isdecimal() and int(given):
            return int(given)
        raise argparse.ArgumentTypeError(f"{given}: can be told {choice}")

    known = [*words, *([numbers] if numbers else [])]
    choice = " | ".join(known) or "nothing"
    parser = argparse.ArgumentParser(
        prog=f"python -m benchmarks.{Path(sys.argv[0]).stem}",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("told", nargs="*", type=one, metavar=choice)
    given = parser.parse_args().told
    return Arguments(
        [each for each in given if isinstance(each, str)], [each for each in given if isinstance(each, int)]
    )
