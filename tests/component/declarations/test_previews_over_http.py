"""Previews of evidence: pictures of our own making, by a bounded process; nothing that a stranger wrote reaches a browser."""

import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest
from fpdf import FPDF
from PIL import Image

from tests.component.declarations.over_http import HttpBureau
from tests.support import evidence_files as files


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def paper(*texts: str, password: str = "") -> bytes:
    made = FPDF()
    made.set_font("helvetica", size=40)
    for text in texts:
        made.add_page()
        made.cell(text=text)
    if password:
        made.set_encryption(owner_password=password, user_password=password)
    return bytes(made.output())


def photo(width: int, height: int, *, turned: bool = False) -> bytes:
    stream = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6 if turned else 1  # as phones say that they were held upright
    Image.new("RGB", (width, height), (200, 30, 40)).save(stream, "JPEG", exif=exif)
    return stream.getvalue()


def kept(bureau: HttpBureau, name: str, content: bytes) -> str:
    answer = bureau.upload("PS", name, content)
    assert answer.status_code == 201, answer.text
    return str(answer.json["evidence"])


def shown(bureau: HttpBureau, code: str, by: str = "PS", **query: Any) -> Any:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return bureau.get(by, f"evidence/{code}/preview?{asked}")


def size(answer: Any) -> tuple[int, int]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "image/png"
    width, height = Image.open(BytesIO(answer.data)).size
    return width, height


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["code"]


def test_the_pages_of_a_paper_are_counted_and_shown_one_by_one(bureau: HttpBureau) -> None:
    code = kept(bureau, "报告.pdf", paper("one", "two"))
    assert bureau.get("PS", f"evidence/{code}/pages").json == {"evidence": code, "pages": 2}
    first, second = shown(bureau, code), shown(bureau, code, page=2)
    assert size(first) == (1000, 1415)
    assert first.data != second.data
    assert size(shown(bureau, code, width=160))[0] == 160
    assert refusal(shown(bureau, code, page=3)) == (404, "evidence.page")


def test_a_photo_is_shown_upright_and_never_larger_than_it_is(bureau: HttpBureau) -> None:
    assert size(shown(bureau, kept(bureau, "横.jpg", photo(3000, 2000)))) == (1000, 667)
    assert size(shown(bureau, kept(bureau, "竖.jpg", photo(3000, 2000, turned=True)))) == (1000, 1500)
    assert size(shown(bureau, kept(bureau, "小.png", files.png()))) == (2, 2)


def test_a_browser_may_show_the_picture_and_has_to_ask_again(bureau: HttpBureau) -> None:
    code = kept(bureau, "报告.pdf", paper("one"))
    answer = shown(bureau, code)
    assert (answer.headers["Content-Disposition"], answer.headers["Cache-Control"]) == ("inline", "private, no-cache")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    again = bureau.client("PS").get(
        f"/api/v1/evidence/{code}/preview", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_what_cannot_be_drawn_is_only_downloaded(bureau: HttpBureau) -> None:
    code = kept(bureau, "总结.docx", files.office("docx"))
    assert bureau.get("PS", f"evidence/{code}/pages").json["pages"] == 0
    assert refusal(shown(bureau, code)) == (409, "evidence.no_preview")
    assert bureau.get("PS", f"evidence/{code}/content").headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("content", [files.pdf(), files.pdf(body=b"\0" * 100_000)], ids=["empty", "broken"])
def test_a_damaged_paper_is_told_and_nothing_breaks(bureau: HttpBureau, content: bytes) -> None:
    code = kept(bureau, "坏.pdf", content)
    assert refusal(shown(bureau, code)) == (409, "evidence.no_preview")


def test_who_may_not_see_the_file_sees_no_preview(bureau: HttpBureau) -> None:
    code = kept(bureau, "报告.pdf", paper("one"))
    assert refusal(shown(bureau, code, by="Q10")) == (404, "evidence.unknown")
    assert refusal(bureau.get("Q10", f"evidence/{code}/pages")) == (404, "evidence.unknown")


def drawn(kind: str, content: bytes, page: int = 1) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "gateway.previews", kind, str(page), "1000", "png"]
    return subprocess.run(command, input=content, capture_output=True, timeout=60, check=False)


def test_the_process_that_draws_refuses_what_would_exhaust_it() -> None:
    huge = BytesIO()
    Image.new("1", (30_000, 30_000)).save(huge, "PNG")  # 900 million pixels in a hundred kilobytes
    assert drawn("png", huge.getvalue()).returncode != 0
    assert drawn("pdf", paper("one", password="secret")).returncode != 0
    endless = FPDF(unit="pt", format=(10, 14_000))
    endless.add_page()
    width, height = Image.open(BytesIO(drawn("pdf", bytes(endless.output())).stdout.partition(b"\n")[2])).size
    assert height <= 4 * 1000
    assert width <= 1000


def test_the_process_that_draws_has_limits_of_its_own() -> None:
    check = (
        "from gateway.previews.__main__ import MEMORY, SECONDS, bound; import resource; bound();"
        "assert resource.getrlimit(resource.RLIMIT_AS) == (MEMORY, MEMORY);"
        "assert resource.getrlimit(resource.RLIMIT_CPU) == (SECONDS, SECONDS);"
        "bytearray(MEMORY)"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, timeout=60, check=False)
    assert done.returncode != 0
    assert b"MemoryError" in done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("IMG_0001.HEIC", files.heic()),
        ("截图.webp", files.photo("WEBP", lossless=True)),
        ("扫描.tif", files.photo("TIFF")),
    ],
)
def test_a_photo_as_telephones_make_it_is_shown_and_given_out_as_jpeg(
    bureau: HttpBureau, name: str, content: bytes
) -> None:
    code = kept(bureau, name, content)
    assert size(shown(bureau, code)) == (64, 48)
    copied = bureau.get("PS", f"evidence/{code}/copy")
    assert (copied.status_code, copied.headers["Content-Type"]) == (200, "image/jpeg")
    assert ".jpg" in copied.headers["Content-Disposition"]
    picture = Image.open(BytesIO(copied.data)).convert("RGB")
    assert picture.size == (64, 48)
    left, right = picture.getpixel((10, 24)), picture.getpixel((50, 24))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert (left[2] > left[0], right[0] > right[2]) == (True, True)  # blue, red
    assert bureau.get("PS", f"evidence/{code}/content").data == content


def test_a_copy_that_is_known_already_is_not_drawn_again(bureau: HttpBureau, monkeypatch: pytest.MonkeyPatch) -> None:
    code = kept(bureau, "扫描.tif", files.photo("TIFF"))
    first = bureau.get("PS", f"evidence/{code}/copy")
    monkeypatch.setattr("gateway.files.looking.jpeg_copy", None)
    again = bureau.client("PS").get(f"/api/v1/evidence/{code}/copy", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


def test_every_sheet_of_a_scan_is_shown(bureau: HttpBureau) -> None:
    code = kept(bureau, "扫描.tiff", files.photo("TIFF", sheets=3))
    assert bureau.get("PS", f"evidence/{code}/pages").json["pages"] == 3
    assert size(shown(bureau, code, page=3)) == (64, 48)
    assert bureau.get("PS", f"evidence/{code}/copy?page=3").status_code == 200
    assert refusal(bureau.get("PS", f"evidence/{code}/copy?page=4")) == (404, "evidence.page")


def test_there_is_no_copy_of_what_every_program_opens(bureau: HttpBureau) -> None:
    code = kept(bureau, "a.png", files.png())
    assert refusal(bureau.get("PS", f"evidence/{code}/copy")) == (409, "evidence.no_preview")
