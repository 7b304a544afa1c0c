"""Processes from an image that `make image` built, started as docker-compose.yml says, without a container engine.

Each has a mount namespace with the image as its root: read-only, with the composition's tmpfs and volumes, as the image's user, without
capabilities. What an engine adds and this does not: networks, process numbers and limits of memory of their own.
"""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ops.private.image import buildah
from tests.support.composition import ROOT
from tests.support.places import Call

# sh -c MOUNTING sh ROOT ro|rw [tmpfs TARGET OPTIONS]... [SOURCE TARGET ro|rw]... -- COMMAND...
MOUNTING = """
set -eu
root=$1 mode=$2
shift 2
mount --bind "$root" "$root"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$1" != -- ]; do
    if [ "$1" = tmpfs ]; then
        mount -t tmpfs -o nosuid,nodev,noexec,"$3" tmpfs "$root$2"
    else
        if [ -d "$1" ]; then mkdir -p "$root$2"; else [ -e "$root$2" ] || : >"$root$2"; fi
        mount --bind "$1" "$root$2"
        [ "$3" = rw ] || mount -o remount,bind,ro "$root$2"
    fi
    shift 3
done
shift
[ "$mode" = rw ] || mount -o remount,bind,ro "$root"
exec chroot "$root" "$@"
"""
TMP = ("tmpfs", "/tmp", "mode=1777")
Volumes = list[tuple[str, str, str]]


@dataclass(frozen=True)
class Image:
    name: str
    root: Path  # of a container made of it, which no process may write to
    config: Mapping[str, Any]  # of the image: User, Env, WorkingDir, Cmd
    hosts: Path = Path("/etc/hosts")  # names that processes know

    @property
    def user(self) -> tuple[int, int, str]:
        """Number, group and home of the image's user."""
        lines = (self.root / "etc" / "passwd").read_text(encoding="utf-8").splitlines()
        (line,) = (one for one in lines if one.startswith(f"{self.config['User']}:"))
        _, _, number, group, _, home, _ = line.split(":")
        return int(number), int(group), home

    def prepare(self, folder: Path) -> dict[str, str]:
        """The operator's process writes there, as the image's user."""
        os.chown(folder, *self.user[:2])
        return {}

    def anchors(self, folder: Path) -> Path:
        return folder / "volumes" / "anchors"

    def process(
        self, command: tuple[str, ...], environment: Mapping[str, str], definition: Mapping[str, Any], folder: Path
    ) -> Call:
        mounted = [*self._tmpfs(definition), *self._names(), *self._volumes(definition, folder)]
        return self._call(command, environment, mounted, "ro" if definition.get("read_only") else "rw")

    def by_hand(self, command: tuple[str, ...], environment: Mapping[str, str], folder: Path) -> Call:
        return self._call(command, environment, [TMP, *self._names(), (str(folder), str(folder), "rw")], "ro")

    def run(self, *command: str) -> str:
        """What a command prints that is run in the image as the composition's processes are."""
        call = self.process(command, {}, {"read_only": True, "tmpfs": ["/tmp"]}, self.root)
        done = subprocess.run(
            call.argv, env=call.environment, cwd=call.cwd, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{' '.join(command)}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def _call(self, command: tuple[str, ...], environment: Mapping[str, str], mounted: Volumes, mode: str) -> Call:
        number, group, home = self.user
        namespace = ["/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", MOUNTING, "sh"]
        rights = ["--clear-groups", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", "--pdeathsig=KILL"]
        drop = ["/usr/bin/setpriv", f"--reuid={number}", f"--regid={group}", *rights, "--"]
        there = ["/usr/bin/env", f"--chdir={self.config.get('WorkingDir') or '/'}", *drop]
        mounts = [part for one in mounted for part in one]
        told = dict(one.split("=", 1) for one in self.config["Env"])
        return Call(
            [*namespace, str(self.root), mode, *mounts, "--", *there, *command],
            {**told, "HOME": home, **environment},
            ROOT,
        )

    def _names(self) -> Volumes:
        """As an engine gives them."""
        return [(str(self.hosts), "/etc/hosts", "ro"), ("/etc/resolv.conf", "/etc/resolv.conf", "ro")]

    def _tmpfs(self, definition: Mapping[str, Any]) -> Volumes:
        told = (one.partition(":") for one in definition.get("tmpfs", []))
        return [("tmpfs", target, options or "mode=1777") for target, _, options in told]

    def _volumes(self, definition: Mapping[str, Any], folder: Path) -> Volumes:
        return [self._volume(one, folder) for one in definition.get("volumes", [])]

    def _volume(self, told: Any, folder: Path) -> tuple[str, str, str]:
        """A named one begins with what the image has there, owner and mode included, as with an engine."""
        source, target, *mode = told.split(":") if isinstance(told, str) else (told["source"], told["target"])
        here = folder / "volumes" / Path(source).name
        if not here.exists():
            there = self.root / target.lstrip("/")
            here.mkdir(parents=True)
            if "/" not in source:
                assert there.is_dir(), f"{self.name} has no {target} for the volume {source}"
                here.chmod(there.stat().st_mode & 0o7777)
                os.chown(here, there.stat().st_uid, there.stat().st_gid)
        return str(here), target, mode[0] if mode else "rw"


@contextmanager
def opened(name: str) -> Iterator[Image]:
    """The image ``name`` (kaohe:0.1.0) that `make image` built, as a folder to start from."""
    told = json.loads(buildah("inspect", "--type=image", f"localhost/{name}"))["OCIv1"]["config"]
    container = buildah("from", "--pull-never", f"localhost/{name}")
    try:
        yield Image(name, Path(buildah("mount", container)), told)
    finally:
        buildah("rm", container)
