"""CONTRIBUTING.md's "A new rule", tried: its file and its two lines of the table are all that an eighth rule needs to be scored."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
BLOCK = re.compile(r"^    # (rules/\w+\.py)\n((?:    .*\n|\n)+)", re.MULTILINE)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the rooms make of the rule that the page shows."""
    folder = tmp_path_factory.mktemp("eighth")
    shutil.copytree(ROOT / "rules", folder / "rules", ignore=shutil.ignore_patterns("__pycache__"))
    blocks = {path: dedent(text) for path, text in BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8"))}
    assert list(blocks) == ["rules/threshold.py", "rules/scoring.py"]
    (folder / "rules/threshold.py").write_text(blocks["rules/threshold.py"], "utf-8")
    imported, entry = blocks["rules/scoring.py"].split()[:-1], blocks["rules/scoring.py"].split()[-1]
    table = (folder / "rules/scoring.py").read_text("utf-8")
    table = table.replace("from rules.tier", f"{' '.join(imported)}\nfrom rules.tier", 1)
    (folder / "rules/scoring.py").write_text(table.replace("    Veto(),\n", f"    Veto(),\n    {entry}\n", 1), "utf-8")
    path = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
    program = [sys.executable, "-W", "ignore", str(ROOT / "tests" / "support" / "eighth_rule.py")]
    done = subprocess.run(program, env=path, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_the_library_checks_it(told: dict[str, Any]) -> None:
    assert told["sound"] == []
    assert told["wrong_parameter"] == [["rule.number", "rule_params"]]
    assert told["other_standard"] == [["standard.differs", "standard"]]
    assert told["measure"] == "15"


def test_its_form_asks_for_what_it_counts(told: dict[str, Any]) -> None:
    assert told["columns"] == [["done", "完成", "件"]]
    assert told["machine"] == {"done": "0"}
    assert told["refused"] == ["counts.unknown"]
    assert (told["self_points"], told["self_sentence"]) == ("4.00", "12 ≥ 12，得 4.00")


def test_a_year_is_scored_and_explained_by_definition_and_by_columns(told: dict[str, Any]) -> None:
    assert told["points"] == "3.00"
    assert told["sentence"] == "15 ≥ 12，得 4.00；应申报 4 期，已申报 3 期：× 3 ÷ 4 = 3.00"
    assert told["by_columns"] == 300


def test_the_words_the_contracts_and_the_simulated_people_know_it(told: dict[str, Any]) -> None:
    assert told["word"] == told["exported"] == "达标计分"
    assert told["allowed"]
    assert (told["shape"], told["asked"], told["simulated"]) == ("ThresholdParams", ["bound"], ["done"])
    assert told["formula"] == "实际 ≥ 界限得满分，否则 0"
