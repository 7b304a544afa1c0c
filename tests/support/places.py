"""Where the processes of docker-compose.yml come from: this checkout, or the image that was built of it (tests/support/image.py)."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tests.support.composition import ROOT

BIN = Path(sys.executable).parent
PATH = f"{BIN}:/usr/bin:/bin"


@dataclass(frozen=True)
class Call:
    """What subprocess has to start; the process takes the number of the first program of ``argv``."""

    argv: list[str]
    environment: dict[str, str]
    cwd: Path


class Place(Protocol):
    """``folder``: the deployment's; ``definition``: the service's in the composition."""

    def prepare(self, folder: Path) -> dict[str, str]:
        """Makes the folder ready; gives the variables of the composition that are of this place."""
        ...

    def anchors(self, folder: Path) -> Path:
        """Where on this machine the anchors come to lie."""
        ...

    def process(
        self, command: tuple[str, ...], environment: Mapping[str, str], definition: Mapping[str, Any], folder: Path
    ) -> Call:
        """A process of the composition; it ends with us."""
        ...

    def by_hand(self, command: tuple[str, ...], environment: Mapping[str, str], folder: Path) -> Call:
        """What an operator runs beside it; paths below ``folder`` are there what they are here."""
        ...


class Checkout:
    def prepare(self, folder: Path) -> dict[str, str]:
        return {"KAOHE_ANCHORS": str(self.anchors(folder)), "KAOHE_ANCHOR_KEYS": str(folder / "anchor-keys")}

    def anchors(self, folder: Path) -> Path:
        return folder / "anchors"

    def process(
        self, command: tuple[str, ...], environment: Mapping[str, str], definition: Mapping[str, Any], folder: Path
    ) -> Call:
        told = {"PATH": PATH, "HOME": "/nonexistent", "TMPDIR": str(folder), **environment}
        return Call(["setpriv", "--pdeathsig", "KILL", "--", *_programs(command)], told, ROOT)

    def by_hand(self, command: tuple[str, ...], environment: Mapping[str, str], folder: Path) -> Call:
        return Call(_programs(command), {"PATH": PATH, **environment}, ROOT)


def _programs(command: tuple[str, ...]) -> list[str]:
    return [str(BIN / command[0]), *command[1:]]


@contextmanager
def chosen_place() -> Iterator[Place]:
    """The image that KAOHE_TEST_IMAGE names, else the checkout."""
    name = os.environ.get("KAOHE_TEST_IMAGE")
    if not name:
        yield Checkout()
        return
    from tests.support.image import opened

    with opened(name) as image:
        yield image
