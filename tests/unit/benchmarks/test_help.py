"""Every benchmark says what it is and what it can be told instead of beginning to run, which takes minutes."""

import pkgutil
import runpy
import sys
from pathlib import Path

import pytest

from benchmarks.peers.arguments import Arguments, arguments

FOLDER = str(Path(__file__).parents[3] / "benchmarks")
NAMES = sorted(one.name for one in pkgutil.iter_modules([FOLDER]) if not one.ispkg and one.name != "__main__")


def run(name: str, *words: str) -> int:
    """The exit status of ``python -m benchmarks.NAME WORDS``; a benchmark that begins would need a socket, which this test has not."""
    module = "benchmarks" if name == "__main__" else f"benchmarks.{name}"
    sys.argv = [str(Path(FOLDER, f"{name}.py")), *words]
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(module, run_name="__main__")
    return int(ended.value.code or 0)


@pytest.fixture(autouse=True)
def own_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [])
    for name in NAMES:  # run_module warns of a module that is run a second time
        monkeypatch.delitem(sys.modules, f"benchmarks.{name}", raising=False)


@pytest.mark.parametrize("name", ["__main__", *NAMES])
def test_a_benchmark_shows_its_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(name, "--help") == 0
    expected = "python -m benchmarks" if name == "__main__" else f"python -m benchmarks.{name}"
    assert capsys.readouterr().out.startswith(f"usage: {expected} ")


@pytest.mark.parametrize("name", ["__main__", *NAMES])
def test_a_benchmark_refuses_what_it_does_not_know(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(name, "no-such-word") == 2
    assert "no-such-word" in capsys.readouterr().err


def test_words_and_numbers_are_told_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["state_changes.py", "statements", "40"])
    assert arguments("", "statements", numbers="JOURNEYS") == Arguments(["statements"], [40])
