"""Files of evidence over HTTP: what is taken, who sees it, how it is given out, what a crash leaves behind."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from services.declarations.usecases.evidence import files as usecase
from shared.clock import now
from shared.errors import Unavailable
from tests.component.declarations.bureau import ratio
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE
from tests.support import evidence_files as files


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def kept(bureau: HttpBureau, by: str = "PS", name: str = "现场 照片.png", content: bytes = files.png()) -> str:
    answer = bureau.upload(by, name, content)
    assert answer.status_code == 201, answer.text
    return str(answer.json["evidence"])


def declared(bureau: HttpBureau, *evidence: str, by: str = "PS", **more: Any) -> Any:
    replacing = {"revision": more.pop("revision")} if "revision" in more else {}
    body = {"cycle": CYCLE, "period": "2026-M01", "entries": [ratio(evidence=list(evidence), **replacing)], **more}
    return bureau.post(by, "declarations", body)


def content(bureau: HttpBureau, by: str, code: str) -> Any:
    return bureau.get(by, f"evidence/{code}/content")


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["code"]


def stored(bureau: HttpBureau) -> list[str]:
    return bureau.store.keys("B00")


def test_a_file_is_kept_declared_and_given_out_as_it_was(bureau):
    code = kept(bureau)
    assert declared(bureau, f"evidence:{code}", "检查记录 3 份").status_code == 201
    answer = content(bureau, "PS", code)
    assert (answer.status_code, answer.data) == (200, files.png())
    assert answer.headers["Content-Type"] == "image/png"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert disposition.isascii()
    assert "filename*=UTF-8''%E7%8E%B0%E5%9C%BA%20%E7%85%A7%E7%89%87.png" in disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    shown = bureau.get("PS", f"evidence/{code}").json
    assert (shown["name"], shown["kind"], shown["size"], shown["owner"]) == (
        "现场 照片.png",
        "png",
        len(answer.data),
        "PS",
    )
    assert answer.headers["ETag"] == f'"{shown["sha256"]}"'


def test_who_sees_the_declaration_sees_its_files_and_nobody_else(bureau):
    code = kept(bureau)
    assert declared(bureau, f"evidence:{code}", draft=True).status_code == 201
    assert content(bureau, "HS", code).status_code == 404  # a draft is the declarer's own
    assert declared(bureau, f"evidence:{code}", revision=1).status_code == 201
    for reader in ("PS", "HS", "P10", "K1", "L1", "auditor"):  # own, verifier, assessor, panel, leader, auditor
        assert content(bureau, reader, code).status_code == 200, reader
    for other in ("QS", "P9", "Q10"):
        assert refusal(content(bureau, other, code)) == (404, "evidence.unknown"), other


def test_a_page_never_leaves_as_a_page(bureau):
    assert refusal(bureau.upload("PS", "a.html", b"<html><script>1</script>")) == (422, "evidence.page")
    code = kept(bureau, name="说明.txt", content=b"3 < 5")
    assert content(bureau, "PS", code).headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("name", "sent", "code"),
    [
        ("空.pdf", b"", "evidence.empty"),
        ("bomb.docx", files.bomb(), "evidence.bomb"),
        ("照片.jpg", files.png(), "evidence.misnamed"),
    ],
)
def test_a_refused_file_leaves_nothing_behind(bureau, name, sent, code):
    assert refusal(bureau.upload("PS", name, sent)) == (422, code)
    assert stored(bureau) == []
    assert bureau.inner.count("evidence") == 0


def test_what_says_it_is_too_large_is_refused_before_it_is_read(bureau):
    class Unread(BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("it was read")

    answer = bureau.client("PS").post(
        f"/api/v1/evidence?cycle={CYCLE}",
        environ_overrides={"wsgi.input": Unread(), "CONTENT_LENGTH": str(200 * 1024 * 1024)},
        content_type="multipart/form-data; boundary=b",
    )
    assert refusal(answer) == (413, "evidence.too_large")


def test_what_does_not_say_how_large_it_is_is_cut_off_at_the_limit(bureau):
    read = 0

    class Endless(BytesIO):
        def read(self, size: int = -1) -> bytes:
            nonlocal read
            read += size
            return b"x" * size

    start = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    answer = bureau.client("PS").post(
        f"/api/v1/evidence?cycle={CYCLE}",
        environ_overrides={"wsgi.input": _After(start, Endless())},
        content_type="multipart/form-data; boundary=b",
        headers={"Transfer-Encoding": "chunked"},
    )
    assert refusal(answer) == (413, "evidence.too_large")
    assert read < 22 * 1024 * 1024
    assert list((bureau.store.staging or Path()).iterdir()) == []


class _After:
    def __init__(self, start: bytes, rest: BytesIO) -> None:
        self._start, self._rest = start, rest

    def read(self, size: int = -1) -> bytes:
        taken, self._start = self._start, b""
        return taken or self._rest.read(size)


def test_an_upload_cut_off_on_the_way_is_refused(bureau):
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7'
    answer = bureau.client("PS").post(
        f"/api/v1/evidence?cycle={CYCLE}", data=body, content_type="multipart/form-data; boundary=b"
    )
    assert refusal(answer) == (400, "request.malformed")


def test_the_same_file_again_is_the_same_evidence_and_lies_in_the_store_once(bureau):
    first = kept(bureau)
    assert kept(bureau) == first
    other = kept(bureau, by="QS")
    assert other != first
    assert len(stored(bureau)) == 1
    assert content(bureau, "QS", other).data == files.png()


def test_what_a_declaration_names_must_be_there_and_ones_own(bureau):
    assert refusal(declared(bureau, "evidence:nothing")) == (422, "evidence.unknown")
    others = kept(bureau, by="QS")
    answer = declared(bureau, f"evidence:{others}")
    assert refusal(answer) == (422, "evidence.not_yours")
    assert answer.json["errors"][0]["row"] == 0
    assert bureau.inner.count("declaration") == 0


def test_old_lines_of_text_stay_what_they_were(bureau):
    answer = declared(bureau, "检查记录 12 份", "见档案 evidence 柜")
    assert answer.status_code == 201


def test_a_returned_declaration_keeps_its_files_when_it_is_declared_again(bureau):
    code = kept(bureau)
    (one,) = declared(bureau, f"evidence:{code}").json["declarations"]
    body = {"cycle": CYCLE, "declarations": [{"declaration": one["declaration"]}], "reason": "请补充"}
    assert bureau.post("HS", "declarations/return", body).status_code == 200
    assert declared(bureau, f"evidence:{code}", revision=2).status_code == 201


def test_files_are_put_to_other_things_until_they_are_decided(bureau):
    entry = {
        "subject": "PS", "indicator": "11-01-03", "period": "2026-H1", "title": "获奖", "effect": "好", "proof": "证书", "level": "national",
    }  # fmt: skip
    made = bureau.post("PS", "contributions", {"cycle": CYCLE, "contributions": [entry]})
    contribution = made.json["contributions"][0]["contribution"]
    code = kept(bureau, name="证书.pdf", content=files.pdf())
    attach = {"cycle": CYCLE, "kind": "contribution", "aggregate": contribution, "evidence": [code]}
    assert refusal(bureau.post("Q10", "evidence/attach", attach)) == (404, "evidence.nothing")
    assert refusal(bureau.post("HS", "evidence/attach", attach)) == (422, "evidence.not_yours")
    listed = bureau.post("PS", "evidence/attach", attach)
    assert [one["name"] for one in listed.json["items"]] == ["证书.pdf"]
    query = f"evidence?cycle={CYCLE}&kind=contribution&aggregate={contribution}"
    assert bureau.get("HS", query).json == listed.json
    assert content(bureau, "HS", code).status_code == 200
    assert refusal(bureau.client("PS").delete(f"/api/v1/evidence/{code}")) == (409, "evidence.in_use")


def test_ones_own_unused_file_is_dropped_and_its_bytes_go_when_nobody_else_needs_them(bureau):
    first, other = kept(bureau), kept(bureau, by="QS")
    assert bureau.client("QS").delete(f"/api/v1/evidence/{first}").status_code == 404
    assert bureau.client("PS").delete(f"/api/v1/evidence/{first}").status_code == 204
    assert refusal(content(bureau, "PS", first)) == (404, "evidence.unknown")
    assert content(bureau, "QS", other).data == files.png()
    assert bureau.client("QS").delete(f"/api/v1/evidence/{other}").status_code == 204
    assert stored(bureau) == []
    assert bureau.inner.count("evidence") == 0


def test_a_person_has_room_for_so_much_in_a_cycle(bureau, monkeypatch):
    monkeypatch.setattr(usecase.settings, "evidence_person_megabytes", "0", raising=False)
    assert refusal(bureau.upload("PS", "a.png", files.png())) == (409, "evidence.no_room")


def test_between_store_and_row_a_crash_leaves_what_is_cleared_away_a_day_later(bureau, monkeypatch):
    monkeypatch.setattr(bureau.store, "put", _put_and_die(bureau.store.put))
    assert refusal(bureau.upload("PS", "a.png", files.png())) == (503, "evidence.store")
    monkeypatch.undo()
    assert len(stored(bureau)) == 1  # never acknowledged
    second = kept(bureau, name="b.png", content=files.png(text=b"other"))
    assert len(stored(bureau)) == 2  # it might still be under way
    monkeypatch.setattr(usecase, "now", lambda: now() + timedelta(days=2))
    kept(bureau, name="c.png", content=files.png(text=b"third"))
    assert len(stored(bureau)) == 2
    assert content(bureau, "PS", second).status_code == 200


def test_bytes_that_are_missing_are_told_and_not_given_out_as_something_else(bureau):
    code = kept(bureau)
    bureau.store.remove(f"B00/{code}")
    assert refusal(content(bureau, "PS", code)) == (503, "evidence.damaged")


def _put_and_die(put: Any) -> Any:
    def die(*arguments: Any) -> None:
        put(*arguments)
        raise Unavailable("evidence.store", zh="x", en="x")

    return die


@pytest.mark.parametrize(("charset", "told"), [("utf-8", "utf-8"), ("gbk", "gb18030"), ("utf-16", "utf-16")])
def test_a_text_is_given_out_in_its_own_charset(bureau, charset, told):
    told_as = f"text/plain; charset={told}"
    content_ = "现场检查记录：三户".encode(charset)
    code = kept(bureau, name="记录.txt", content=content_)
    answer = content(bureau, "PS", code)
    assert (answer.headers["Content-Type"], answer.data) == (told_as, content_)
