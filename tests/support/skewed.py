"""Processes whose clock is wrong: what their environment needs, and by how much they err."""

from pathlib import Path

from tests.support.composition import ROOT

_MODULES = Path(__file__).parent / "skewed_clock"


def skewed(file: Path, error: float = 0.0) -> dict[str, str]:
    """Return the environment of a process whose clock is wrong by what ``file`` says, at first by ``error`` seconds."""
    set_error(file, error)
    return {"PYTHONPATH": f"{_MODULES}:{ROOT}", "WRONG_CLOCK": str(file)}


def set_error(file: Path, error: float) -> None:
    """Let the clock of those that read ``file`` be wrong by ``error`` seconds; they see it within half a second."""
    file.write_text(f"{error}\n", encoding="ascii")
