"""What travels: compressed where that pays, and not at all where the asker has it."""

import gzip

from flask.testing import FlaskClient

from shared.jsontext import loads


def test_words_are_told_once_and_then_only_asked_for(staff: FlaskClient) -> None:
    first = staff.get("/api/v1/words")
    assert first.json["words"]["layer"]["station"] == {"zh": "工商所", "en": "station"}
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = staff.get("/api/v1/words", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_json_is_compressed_for_who_takes_it(staff: FlaskClient) -> None:
    plain = staff.get("/api/v1/openapi.json")
    small = staff.get("/api/v1/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert len(small.data) < len(plain.data) / 5
    assert loads(gzip.decompress(small.data)) == loads(plain.data)


def test_short_answers_and_other_kinds_stay_as_they_are(staff: FlaskClient) -> None:
    short = staff.get("/api/v1/sessions/current", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in short.headers
