"""What a newcomer relies on: the commands that are named exist, what is installed is pinned, files stay readable."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.composition import ROOT
from tests.support.long_first import LONGEST as LONGEST_TESTS
from tests.support.long_first import TESTS

PACKAGES = ("shared", "rules", "services", "gateway", "ops", "tests", "benchmarks")
LONGEST = 250  # lines; a file that grows beyond has two subjects
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_make_help_lists_every_target_that_a_page_names() -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    targets = set(re.findall(r"^  make ([a-z]+)", listed.stdout, re.MULTILINE))
    assert {"up", "test", "lint", "types", "bench", "lock", "clean"} <= targets
    for page in PAGES:
        named = set(re.findall(r"(?:`|^    )make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE))
        assert named <= targets, page.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)[)#]", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_locked_package_has_a_version_and_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "index-url" not in lock
    entries = re.split(r"\n(?=\S)", "\n".join(line for line in lock.splitlines() if not line.lstrip().startswith("#")))
    for entry in filter(str.strip, entries):
        assert re.match(r"^[a-z0-9._-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_every_package_of_the_console_is_locked_with_its_hash_and_no_address() -> None:
    lock = json.loads((ROOT / "console" / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((ROOT / "console" / "package.json").read_text(encoding="utf-8"))
    versions = {**wanted["dependencies"], **wanted["devDependencies"]}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert len(packages) > 100
    assert [name for name, one in packages.items() if "resolved" in one or "integrity" not in one] == []


@pytest.mark.parametrize("folder", ["oidc", "chromium90"])
def test_what_the_tests_take_from_npm_is_locked_too(folder: str) -> None:
    wanted = json.loads((ROOT / "tests" / folder / "package.json").read_text(encoding="utf-8"))
    assert [one for one in wanted["dependencies"].values() if not re.fullmatch(r"\d+\.\d+\.\d+", one)] == []
    lock = json.loads((ROOT / "tests" / folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name and not one.get("inBundle")}
    assert packages
    assert [name for name, one in packages.items() if "resolved" in one or "integrity" not in one] == []


def test_files_of_the_console_stay_short_too() -> None:
    files = [path for path in (ROOT / "console" / "src").rglob("*") if path.suffix in {".ts", ".vue", ".css"}]
    counts = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: count for name, count in counts.items() if count > LONGEST and name != "schema.d.ts"} == {}


def test_every_dependency_of_the_project_is_locked() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lists = re.findall(r"^(?:dependencies|dev) = \[(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    wanted = {name for part in lists for name in re.findall(r'"([a-z0-9-]+)', part)}
    locked = set(
        re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert len(wanted) > 20
    assert wanted <= locked


def test_files_stay_short_enough_to_read() -> None:
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    long = {
        str(path.relative_to(ROOT)): count for path in files if (count := len(path.read_text().splitlines())) > LONGEST
    }
    assert long == {}


def test_continuous_integration_runs_what_developers_run() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o100
    assert "make test" in script.read_text(encoding="utf-8")


def test_the_tests_to_begin_with_exist() -> None:
    assert [name for name in LONGEST_TESTS if not (TESTS / name).exists()] == []
