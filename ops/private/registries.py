"""This machine's way to its package registries, for the building of images: what pip, npm and apt are told here.

pip's and npm's go as files to be mounted while a RUN runs, with the folders and certificates they name; nothing of it stays in an image.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from configparser import RawConfigParser
from io import StringIO
from pathlib import Path

PLACE = "/run/registries"
_PIP = frozenset(
    [
        "index-url",
        "extra-index-url",
        "find-links",
        "no-index",
        "cert",
        "client-cert",
        "proxy",
        "trusted-host",
        "timeout",
        "default-timeout",
        "retries",
    ]
)
_INDEXES = frozenset({"index-url", "extra-index-url"})
_NPM = re.compile(
    r"\s*(//|@|registry\b|ca(file)?\b|cert(file)?\b|key(file)?\b|(https?-?)?proxy\b|noproxy\b|strict-ssl\b|fetch-)"
)
_APT = re.compile(r'Acquire::(Check-\S+|https?::\S+|Retries) ".+";')
_FOUND_HERE = re.compile(r"(?:file://)?(/[^\s\"']+)")


class Registries:
    """Writes the files into ``folder``; ``mounts`` tells what lies where for a RUN: path here → path there."""

    def __init__(self, folder: Path) -> None:
        self.mounts: dict[Path, str] = {}
        folder.mkdir(mode=0o700, parents=True)
        for name, text, there in (("pip.conf", self._pip(), "/etc/pip.conf"), ("npmrc", self._npm(), "/root/.npmrc")):
            (folder / name).write_text(text, encoding="utf-8")
            self.mounts[folder / name] = there

    def _pip(self) -> str:
        """As one file what `pip config list` reads from files and environment; the environment is told last, as it decides."""
        listed = subprocess.run(
            [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
        )
        merged = RawConfigParser()
        merged.add_section("global")
        for line in sorted(listed.stdout.splitlines(), key=lambda one: one.startswith(":env:")):
            key, _, value = line.partition("=")
            section, _, name = key.rpartition(".")
            if name in _PIP:
                section = "global" if section == ":env:" else section
                if not merged.has_section(section):
                    merged.add_section(section)
                merged.set(
                    section, name, self._there(" ".join(str(ast.literal_eval(value)).split()), parents=name in _INDEXES)
                )
        text = StringIO()
        merged.write(text)
        return text.getvalue()

    def _npm(self) -> str:
        """Both of npm's files, then its environment; of all of it what leads to a registry."""
        lines: list[str] = []
        if npm := shutil.which("npm"):
            for kind in ("globalconfig", "userconfig"):
                path = subprocess.run(
                    [npm, "config", "get", kind], capture_output=True, text=True, check=True
                ).stdout.strip()
                lines += Path(path).read_text(encoding="utf-8").splitlines() if Path(path).is_file() else []
        for name, value in os.environ.items():
            if name.lower().startswith("npm_config_"):
                lines.append(f"{name.lower().removeprefix('npm_config_').replace('_', '-')}={value}")
        return "".join(f"{self._there(line)}\n" for line in lines if _NPM.match(line))

    def _there(self, text: str, *, parents: bool = False) -> str:
        """``text`` with paths that exist here replaced by where they are mounted. An index's pages may lead out of it, into its
        parent: ``parents`` mounts that."""

        def mounted(found: re.Match[str]) -> str:
            path = Path(found[1])
            if not path.exists():
                return found[0]
            folder = path.parent if parents and len(path.parts) > 3 else path
            where = self.mounts.setdefault(folder, f"{PLACE}/{len(self.mounts)}")
            return found[0].replace(found[1], str(Path(where) / path.relative_to(folder)))

        return _FOUND_HERE.sub(mounted, text)


def apt_options() -> Iterable[str]:
    """Return what apt is told here about ways and dates, a line of its configuration each."""
    dumped = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True)
    return [line for line in dumped.stdout.splitlines() if _APT.fullmatch(line)]
