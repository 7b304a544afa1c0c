"""The units of the embedded install: known to systemd where that is there, and started as this project is started."""

import shutil
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from ops.backup.command import command as backup
from ops.up import command as up
from shared.settings import Settings
from tests.support.composition import ROOT

UNITS = sorted((ROOT / "ops" / "systemd").iterdir())
BIN = Path(sys.executable).parent


class Unit(RawConfigParser):
    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, interpolation=None)
        self.optionxform = str  # type: ignore[assignment, method-assign]  # systemd's names have capitals
        self.read(path, encoding="utf-8")


def unit(name: str) -> Unit:
    return Unit(ROOT / "ops" / "systemd" / name)


def test_systemd_knows_every_line(tmp_path: Path) -> None:
    """As installed: with the interpreter of this checkout in its place. Where there is no systemd the other tests hold what they can."""
    for path in UNITS:
        text = (
            path.read_text(encoding="utf-8").replace("/opt/kaohe/.venv/bin", str(BIN)).replace("/opt/kaohe", str(ROOT))
        )
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    if program := shutil.which("systemd-analyze"):
        files = [str(tmp_path / path.name) for path in UNITS]
        done = subprocess.run([program, "verify", "--man=no", *files], capture_output=True, text=True, check=False)
        ours = [line for line in done.stderr.splitlines() if "kaohe" in line]
        assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_has_its_sections(path: Path) -> None:
    kind = {".service": "Service", ".timer": "Timer"}[path.suffix]
    assert {"Unit", kind} <= set(Unit(path).sections())


def test_what_they_start_there_is() -> None:
    started = unit("kaohe.service")["Service"]["ExecStart"].split()
    assert started == ["/opt/kaohe/.venv/bin/kaohe", "up", "--no-demo"]
    assert CliRunner().invoke(up, ["--help"]).exit_code == 0
    assert "--no-demo" in CliRunner().invoke(up, ["--help"]).output
    line = unit("kaohe-backup.service")["Service"]["ExecStart"]
    assert "/opt/kaohe/.venv/bin/kaohe backup write /var/backups/kaohe/$$(date +%%F).age --to" in line
    assert "--to" in CliRunner().invoke(backup, ["write", "--help"]).output


def test_state_lies_where_the_unit_lets_it_be_written() -> None:
    for name in ("kaohe.service", "kaohe-backup.service"):
        variable, _, folder = unit(name)["Service"]["Environment"].partition("=")
        assert str(Settings.read({variable: folder}).var_folder) == "/var/lib/kaohe"
    assert unit("kaohe.service")["Service"]["StateDirectory"] == "kaohe"
    assert "/var/lib/kaohe" in unit("kaohe-backup.service")["Service"]["ReadWritePaths"]


def test_it_is_stopped_as_the_system_asks_and_started_again_when_it_died() -> None:
    service = unit("kaohe.service")["Service"]
    assert (service["KillMode"], service["TimeoutStopSec"], service["Restart"]) == ("mixed", "90s", "on-failure")
