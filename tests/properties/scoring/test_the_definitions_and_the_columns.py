"""The scalar definition (rules/, domain/sheets.py), which explains, and the columns, which score, give the same numbers."""

from typing import Any
from unittest.mock import patch

from hypothesis import given, settings

from services.scoring.domain.dossier import Dossier
from services.scoring.domain.results import shown
from services.scoring.domain.sheets import score_subject
from services.scoring.kernel.forms import FORMS
from tests.oracle.worlds import worlds
from tests.unit.scoring.inputs import dossier, frame_of, score_world


@given(worlds())
@settings(max_examples=200)
def test_a_sheet_scored_for_its_explanation_is_the_one_that_was_ranked(world: dict[str, Any]) -> None:
    scoring, items = score_world(world)
    frame = frame_of(world)
    for row in scoring.rows:
        code = row["subject"]
        sheet = score_subject(frame, frame.by_code[code], Dossier.from_json(dossier(world, code)))
        assert {one.item.indicator: shown(one.points) for one in sheet.items} == items[code]
        assert {line: shown(one.score) for line, one in sheet.lines.items()} == row["line_scores"]
        assert {name: shown(score) for name, score in sheet.categories.items()} == row["categories"]
        assert shown(sheet.score) == row["layer_score"]
        assert [one.veto for one in sheet.vetoes] == [one["veto"] for one in row["vetoes"]]


@given(worlds())
@settings(max_examples=60)
def test_rules_without_a_form_for_columns_score_the_same_by_their_definitions(world: dict[str, Any]) -> None:
    _, by_forms = score_world(world)
    with patch.dict(FORMS, clear=True):
        _, by_definition = score_world(world)
    assert by_definition == by_forms
