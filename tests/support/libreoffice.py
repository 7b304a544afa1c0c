"""LibreOffice as offices have it: what it makes of a file when it opens and saves it."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

PATIENCE = 300  # seconds, on a machine that does much else; alone it takes three


def saved(files: Mapping[str, bytes], ending: str, folder: Path) -> dict[str, bytes]:
    """Return each file as LibreOffice saves it as ``ending`` (xlsx, xls, ods, pdf), by its name; one start for all of them.

    Keys are names with an ending, which tells what they are; the profile is the folder's own.
    """
    program = shutil.which("soffice")
    if program is None:
        raise RuntimeError("LibreOffice is missing: make test installs it")
    given, made = folder / "given", folder / "made"
    given.mkdir(parents=True)
    for name, content in files.items():
        (given / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", ending, "--outdir", str(made)]
    subprocess.run(
        [*command, *(str(given / name) for name in files)], check=True, capture_output=True, timeout=PATIENCE
    )
    return {name: (made / f"{Path(name).stem}.{ending}").read_bytes() for name in files}
