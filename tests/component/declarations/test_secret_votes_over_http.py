"""Nothing tells how one or two voted: every view, sheet and paper of the service is asked, by every role, for what must not be found.

A new view is asked like the others; one that needs something this test does not know fails it.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from gateway.api import forms
from gateway.paper.__main__ import maker
from services.declarations.storage import projections
from shared.contracts.shapes import Document
from shared.jsontext import dumps, loads
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE, indicator
from tests.component.declarations.voting import campaign, start, vote
from tests.support.contracts import families
from tests.support.pdf_text import pages

ITEM, PERIOD, SUBJECT, GRADE = "11-04-06", "2026-H1", "PS", "可以"
VALUES = {"values": {"优": "0.9871", "好": "0.8543", "一般": "0.7319", GRADE: "0.6137", "差": "0.4271"}}
POINTS = "9.21"  # 15 × 0.6137: no other number of this bureau
COEFFICIENT = "0.6137"
RATERS = ("P9", "H9", "P10")
FAMILIES = {one.name for one in families() if one.service == "declarations"}
ASKERS = (
    SUBJECT,
    "QS",
    "HS",
    "K1",
    "office",
    "auditor",
)  # oneself, a colleague, the head, the panel, the office, who audits
FORMATS = {"format": ("pdf", "docx")}
KNOWN = {
    "cycle": CYCLE,
    "period": PERIOD,
    "subject": SUBJECT,
    "form": "subjective",
    "kind": "declaration",
    "month": "2026-01",
    **dict.fromkeys(("item", "aggregate", "spot_check", "declaration", "delegation"), "none"),
    **dict.fromkeys(("order", "contribution", "work", "appeal"), "none"),
    "evidence": "01a22932-e97d-7622-99e4-647094515bb9",
    "raters": "7",
}  # what views need in path or query


@pytest.fixture(autouse=True)
def made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are made in this process: starting one for each costs a second."""
    monkeypatch.setattr(forms, "printed", lambda document, kind: maker(kind)(loads(dumps(document))))


def voted(bureau: HttpBureau, ballots: int) -> str:
    """A closed campaign in which so many gave PS the same grade."""
    known = indicator(
        ITEM, "grade", VALUES, tool="subjective", layers=["person"], frequency="half_yearly", full="15", revision=2
    )
    bureau.inner.handle(projections.keep_indicators, known)
    (opened,) = start(bureau.inner, campaign(subjects=[SUBJECT]))
    one = str(opened["campaign"])
    for rater in RATERS[:ballots]:
        vote(bureau.inner, rater, one, **{SUBJECT: GRADE})
    bureau.inner.ask("close_campaigns", "K1", {"campaigns": [one]})
    return one


def addresses(bureau: HttpBureau, campaign_id: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every address that the service's families can be read at, with what it needs."""
    document = bureau.get("PS", "openapi.json").json
    known = {**KNOWN, "campaign": campaign_id}
    for path, methods in document["paths"].items():
        view = methods.get("get")
        if view is None or not FAMILIES & set(view.get("tags", ())):
            continue
        names = re.findall(r"\{(\w+)\}", path)
        assert set(names) <= set(known), f"this test does not know what {path} needs"
        place = re.sub(r"\{(\w+)\}", lambda found: known[found.group(1)], path).removeprefix("/api/v1/")
        parameters = [one for one in view.get("parameters", ()) if one.get("in") == "query"]
        unknown = [one["name"] for one in parameters if one.get("required") and one["name"] not in known]
        assert unknown == [], f"this test does not know what {path} needs"
        query = {one["name"]: known[one["name"]] for one in parameters if one.get("required")}
        offered = {one["name"] for one in parameters}
        query |= {"subject": SUBJECT} if "subject" in offered else {}
        for format_ in FORMATS["format"] if "format" in offered else (None,):
            yield place, {**query, **({"format": format_} if format_ else {})}


def text_of(answer: Any) -> str:
    data = answer.data
    if data.startswith(b"%PDF"):
        return "\n".join(pages(data))
    if not data.startswith(b"PK"):
        return str(answer.text)
    if "wordprocessing" in answer.mimetype:
        return "\n".join(
            cell.text for table in docx.Document(BytesIO(data)).tables for row in table.rows for cell in row.cells
        )
    book = load_workbook(BytesIO(data))
    return "\n".join(str(cell.value) for page in book.worksheets for row in page.iter_rows() for cell in row)


def leaks(answer: Any) -> bool:
    told = text_of(answer)
    grades = rf'"{GRADE}":\s*"?[1-9]|"grade":\s*"{GRADE}",\s*"votes":\s*"?[1-9]|"votes":\s*"?[1-9]\d*"?,\s*"grade"'
    return POINTS in told or COEFFICIENT in told or re.search(grades, told) is not None


def told_at(bureau: HttpBureau, one: str) -> set[tuple[str, str]]:
    """(who, where) of all who were told something of the votes."""
    found = set()
    for place, query in addresses(bureau, one):
        for by in ASKERS:
            answer = bureau.client(by).get(f"/api/v1/{place}", query_string=query)
            assert answer.status_code < 500, (place, by, answer.text)
            if answer.status_code == 200 and leaks(answer):
                found.add((by, place.replace(one, "<campaign>")))
    return found


@pytest.mark.parametrize("ballots", [1, 2])
def test_nobody_is_told_anywhere_how_one_or_two_voted(on_http: HttpBureau, ballots: int) -> None:
    assert told_at(on_http, voted(on_http, ballots)) == set()


@pytest.mark.parametrize("ballots", [0, 1, 2, 3])
def test_below_the_minimum_a_campaign_tells_how_many_voted_and_gives_nothing_to_score(
    on_http: HttpBureau, ballots: int
) -> None:
    """The total is a group like any other: whoever runs the campaign reads how many voted, not what."""
    one = voted(on_http, ballots)
    enough = ballots == 3
    for by in ("K1", "office"):
        shown = on_http.get(by, f"campaigns/{one}").json
        assert [group["voted"] for group in shown["groups"]] == [ballots]
        (subject,) = shown["evaluations"]
        assert (subject["subject"], subject["votes"]) == (SUBJECT, ballots)
        assert any(subject["counts"].values()) is enough
        assert (subject["adjusted"] is not None) is enough
        assert any(any(group["counts"].values()) for group in subject["groups"]) is enough
    statement = "SELECT body FROM declarations.outbox WHERE event LIKE '%EvaluationChanged%' ORDER BY id DESC LIMIT 1"
    (sent,) = loads(on_http.inner.rows(statement)[0]["body"])
    assert (sent["status"], sent["votes"]) == ("closed", ballots)
    assert sent["counts"] == ({GRADE: "3"} if enough else {})
    assert (sent["adjusted"] is not None) is enough


def test_what_three_gave_is_told_where_this_test_looks(on_http: HttpBureau) -> None:
    found = told_at(on_http, voted(on_http, 3))
    assert {"forms/subjective", "forms/subjective/workbook", "forms/subjective/paper"} <= {
        at for by, at in found if by == "PS"
    }
    assert {"campaigns/<campaign>", "campaigns/<campaign>/calibration"} <= {at for by, at in found if by == "office"}


def test_what_one_gave_hides_what_three_gave_in_the_same_item(on_http: HttpBureau) -> None:
    """Its points of the year are known: what the others got would tell the one's."""
    one = voted(on_http, 3)
    (late,) = start(on_http.inner, {**campaign(subjects=[SUBJECT]), "period": "2026-H2"})
    vote(on_http.inner, "P9", late["campaign"], **{SUBJECT: "差"})
    on_http.inner.ask("close_campaigns", "K1", {"campaigns": [late["campaign"]]})
    assert told_at(on_http, one) == set()


def test_a_document_that_holds_grades_says_whether_it_tells_them() -> None:
    """Structure beside behaviour: whatever document has ``told`` holds votes, and the views above were asked for each."""
    holding = {cls.__name__ for cls in _documents(Document) if "told" in cls().fields}
    assert {"SubjectGrades", "CalibrationDocument"} <= holding


def _documents(base: type[Document]) -> Iterator[type[Document]]:
    for cls in base.__subclasses__():
        yield cls
        yield from _documents(cls)
