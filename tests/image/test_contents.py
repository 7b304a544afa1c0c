"""What is in the image, and what must not be."""

import json
import re
import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ops.drawing import PASSWORDS
from ops.private.image import IMAGES
from tests.contract.test_compose import SECRETS
from tests.contract.test_image import LOCK, NEEDED_TWICE, locked
from tests.support.composition import OURS, ROOT, resolve
from tests.support.image import Image

LARGEST, OURS_LARGEST = 600_000_000, 470_000_000
LISTED = "import json; from importlib.metadata import distributions as d; print(json.dumps([one.metadata['Name'] for one in d(path=[%r])]))"
PACKAGES = "/opt/venv/lib/python3.11/site-packages"
RIGHTS = """
import json, os
status = dict(line.split(":\\t", 1) for line in open("/proc/self/status").read().splitlines() if ":\\t" in line)
writable = [path for path, _, _ in os.walk("/") if os.access(path, os.W_OK) and not path.startswith(("/proc", "/dev", "/tmp"))]
print(json.dumps({"uid": os.getuid(), "groups": os.getgroups(), "rights": status, "writable": writable}))
"""


def test_the_images_are_those_of_the_composition() -> None:
    services = resolve(SECRETS)["services"].values()
    wanted = {one["image"]: one["build"] for one in services if one.get("build")}
    files = {
        image: Path(str(build["context"]), build.get("dockerfile", "Dockerfile")) for image, build in wanted.items()
    }
    assert files == {image: ROOT / file for image, file in IMAGES.items()}


def test_it_is_no_larger_than_told(image: Image) -> None:
    """The whole, and what is ours of it: the public image of Python may be another size than the one made here."""
    assert told_by_an_engine(image.root) < LARGEST
    assert told_by_an_engine(image.root / "opt") < OURS_LARGEST


def told_by_an_engine(folder: Path) -> int:
    """The bytes of all files, each counted once, as `docker images` counts them."""
    files = {(one.st_ino, one.st_size) for path in folder.rglob("*") if stat.S_ISREG((one := path.lstat()).st_mode)}
    return sum(size for _, size in files)


def test_its_packages_are_those_of_its_lock(image: Image) -> None:
    """setuptools, which installed ours, has gone."""
    found = {re.sub(r"[-_.]+", "-", one).lower() for one in json.loads(image.run("python", "-c", LISTED % PACKAGES))}
    assert found - {"kaohe"} <= set(locked(LOCK)) - {"setuptools"}
    assert {"nameko", "flask", "sqlalchemy", "kaohe"} <= found


def test_no_tool_of_the_tests_is_inside(image: Image) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    tools = (
        {re.split(r"[\[<>=; ]", one)[0].replace("-", "_") for one in extras["dev"]}
        - NEEDED_TWICE
        - {"pyyaml", "setuptools"}
    )
    assert {"pytest", "hypothesis", "mypy", "ruff", "schemathesis", "uv"} <= tools
    tools |= {"_pytest", "numba", "llvmlite", "playwright", "xdist", "importlinter"}
    names = {path.name.partition(".")[0] for path in (image.root / PACKAGES[1:]).iterdir()}
    assert "nameko" in names
    assert tools & names == set()
    programs = {"node", "npm", "npx", "gcc", "cc", "make", "git", "rabbitmq-server", "chromium"}
    folders = ("usr/bin", "usr/sbin", "usr/local/bin", "opt/venv/bin")
    found = {path.name for folder in folders for path in (image.root / folder).iterdir()}
    assert "kaohe" in found
    assert (programs | tools) & found == set()


def test_no_server_of_a_database_and_no_sources_of_tests_are_inside(image: Image) -> None:
    files = [path.relative_to(image.root) for path in image.root.rglob("*")]
    assert {"postgres", "initdb", "pg_ctl", "postmaster"} & {
        path.name for path in files if (image.root / path).is_file()
    } == set()
    tests = {str(path) for path in files if path.name in {"tests", "conftest.py"} and path.parts[0] == "opt"}
    needed = f"{PACKAGES[1:]}/numpy/_core/tests"
    assert {one for one in tests if not one.startswith(needed)} == set()
    ours = {path.name for path in (image.root / "opt" / "kaohe").iterdir()}
    assert ours - {"kaohe.egg-info"} == {
        "pyproject.toml",
        "README.md",
        "shared",
        "rules",
        "services",
        "gateway",
        "ops",
        "data",
    }
    assert not (image.root / "opt" / "kaohe" / "ops" / "private").exists()


def test_of_the_machine_that_built_it_there_are_empty_mount_points_and_nothing_else(image: Image) -> None:
    for name in ("etc/pip.conf", "root/.npmrc", *(f"run/registries/{number}" for number in range(20))):
        path = image.root / name
        assert not path.exists() or (not any(path.iterdir()) if path.is_dir() else path.stat().st_size == 0), name
    for name in ("root/.cache", "root/.npm", "home/kaohe/.cache"):
        assert not (image.root / name).exists(), name
    assert not [name for name, _ in _variables(image) if re.search("proxy|pip|npm|index|cert", name, re.IGNORECASE)]


def test_it_runs_as_a_user_without_rights_who_can_write_nowhere(image: Image) -> None:
    told = json.loads(image.run("python", "-c", RIGHTS))
    assert (told["uid"], told["groups"]) == (10001, [])
    assert {told["rights"][name].strip() for name in ("CapEff", "CapPrm", "CapBnd", "CapInh", "CapAmb")} == {"0" * 16}
    assert told["rights"]["NoNewPrivs"].strip() == "1"
    assert told["writable"] == []


def test_of_its_own_files_none_are_that_users(image: Image) -> None:
    """But for the places that volumes take."""
    number, _, home = image.user
    own = {f"/{path.relative_to(image.root)}" for path in image.root.rglob("*") if path.lstat().st_uid == number}
    places = ("/var/lib/kaohe/evidence", "/var/lib/kaohe/anchors", "/var/lib/kaohe/anchor-keys", "/spool", home)
    assert {one for one in own if not one.startswith(places)} == set()
    open_to_all = [
        path for path in (image.root / "opt").rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o022
    ]
    assert open_to_all == []


def ours() -> dict[str, dict[str, Any]]:
    return {name: one for name, one in resolve(SECRETS)["services"].items() if one["image"].startswith(OURS)}


@pytest.mark.parametrize("name", sorted(ours()))
def test_what_each_process_and_its_health_check_begin_with_is_there(image: Image, name: str) -> None:
    service = ours()[name]
    program, *words = (one for one in service["command"] if not one.startswith("-"))
    depth = 2 if words[:1] in (["audit"], ["backup"]) else 1
    assert "Usage:" in image.run(program, *words[:depth], "--help")
    if "healthcheck" in service:
        kind, program, *_ = service["healthcheck"]["test"]
        assert kind == "CMD"
        assert image.run(program, "--version").startswith("Python 3.11")


def _variables(image: Image) -> Iterator[tuple[str, str]]:
    for one in image.config["Env"]:
        name, _, value = one.partition("=")
        yield name, value


def test_its_environment_holds_no_secret(image: Image) -> None:
    assert {name for name, _ in _variables(image)} & {*PASSWORDS, *SECRETS} == set()
