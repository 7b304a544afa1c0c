"""What the tests start ends with them, even when they are killed."""

import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

from tests.support.composition import ROOT

PROGRAM = """
import os, signal
from shared.embedded.postgres import EmbeddedPostgres
from tests.support.folders import fleeting_folder

with fleeting_folder() as folder:
    postgres = EmbeddedPostgres(folder / "postgres", durable=False)
    postgres.start()
    print(folder, postgres.pid(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_run_leaves_no_database_and_no_folder() -> None:
    killed = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False, timeout=120
    )  # ends with the last that holds its output: the caretaker
    assert killed.returncode == -signal.SIGKILL
    folder, pid = killed.stdout.split()
    assert not Path(folder).exists()
    with suppress(psutil.NoSuchProcess):
        psutil.Process(int(pid)).wait(60)
