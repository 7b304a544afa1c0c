"""`kaohe spot-check verify`: says identical, or names what differs and exits with 1."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ops.commands import kaohe
from services.declarations.domain.sampling import protocol


@pytest.fixture
def document() -> dict:
    entries = tuple(protocol.Entry("declaration", f"d{n:02}", 1, "all", 1, ()) for n in range(20))
    frozen = protocol.Frozen("B00", "check", "双色球", "numbers", {"all": 3}, ("A", "B"), entries)
    sample = [
        {
            "kind": "declaration",
            "item": one.entry.item,
            "probability": str(one.probability),
            "inspectors": [one.inspector],
        }
        for one in protocol.draw(frozen, "01 02")
    ]
    text = protocol.text_of(frozen)
    return {"commitment": protocol.commitment(frozen), "value": "01 02", "list": text, "sample": sample}


def run(tmp_path: Path, text: str, *options: str) -> tuple[int, str]:
    path = tmp_path / "draw.json"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(kaohe, ["spot-check", "verify", str(path), *options])
    return result.exit_code, result.output


def test_a_draw_as_published_is_identical(document, tmp_path):
    code, told = run(tmp_path, json.dumps(document, ensure_ascii=False))
    assert (code, "identical" in told) == (0, True)


def test_a_list_changed_after_it_was_published_is_found_out(document, tmp_path):
    code, told = run(tmp_path, json.dumps(document), "--commitment", "0" * 64)
    assert (code, "DIFFERENT: list" in told) == (1, True)


def test_another_value_than_the_published_one_is_found_out(document, tmp_path):
    code, told = run(tmp_path, json.dumps({**document, "value": "01 03"}))
    assert (code, "DIFFERENT: place" in told) == (1, True)


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json"])
def test_what_is_no_draw_is_refused_in_one_line(text, tmp_path):
    code, told = run(tmp_path, text)
    assert code == 1
    assert "Traceback" not in told
