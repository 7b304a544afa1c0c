"""What a file is, by its content: kinds that are taken, and every way of pretending that is refused."""

import hashlib
import io
import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.files.judging import judged
from gateway.files.kinds import KINDS
from gateway.files.staging import Staged
from shared.errors import Invalid
from tests.support import evidence_files as files

GOOD = {
    "现场照片.JPG": (files.jpg(), "jpg"),
    "a.jpeg": (files.jpg(b"Exif"), "jpg"),
    "截图.png": (files.png(), "png"),
    "IMG_0001.HEIC": (files.heic(), "heic"),
    "截图.webp": (files.photo("WEBP"), "webp"),
    "画布.webp": (files.canvas(64, 48), "webp"),
    "留白.heic": (files.boxes(3), "heic"),
    "无损.webp": (files.photo("WEBP", lossless=True), "webp"),
    "扫描.tif": (files.photo("TIFF", sheets=2), "tiff"),
    "批复.pdf": (files.pdf(), "pdf"),
    "总结.docx": (files.office("docx"), "docx"),
    "台账.xlsx": (files.office("xlsx"), "xlsx"),
    "汇报.pptx": (files.office("pptx"), "pptx"),
    "公文.ofd": (files.office("ofd"), "ofd"),
    "说明.txt": ("检查了 12 户。\n第二行 3 < 5".encode(), "txt"),
    "旧.txt": ("检查了 12 户。".encode("gb18030"), "txt"),
    "记事本.txt": ("检查了 12 户。".encode("utf-16"), "txt"),
    "清单.csv": ("户名,日期\n某店,2026-01-05\n".encode(), "csv"),
}
HTML = b"<html><script>alert(1)</script></html>"
BAD = {
    "空.pdf": (b"", "evidence.empty"),
    "bomb.docx": (files.bomb(), "evidence.bomb"),
    "huge.png": (files.png(60_000, 60_000), "evidence.bomb"),
    "huge.heic": (files.huge("heic", files.heic()), "evidence.bomb"),
    "huge.tiff": (files.huge("tiff", files.photo("TIFF")), "evidence.bomb"),
    "huge.webp": (files.huge("lossy", files.photo("WEBP")), "evidence.bomb"),
    "lossless.webp": (files.huge("lossless", files.photo("WEBP", lossless=True)), "evidence.bomb"),
    "canvas.webp": (files.canvas(16_000, 16_000), "evidence.bomb"),
    "without a size.heic": (files.heic().replace(b"ispe", b"free"), "evidence.broken"),
    "twice.heic": (files.heic() + files.heic(), "evidence.broken"),
    "endless.heic": (files.boxes(600), "evidence.trailing"),
    "照片.jpg": (files.png(), "evidence.misnamed"),
    "报告.pdf": (files.office("docx"), "evidence.misnamed"),
    "无扩展名": (files.pdf(), "evidence.misnamed"),
    "a.pdf.exe": (files.pdf(), "evidence.misnamed"),
    "a.exe": (b"MZ\x90\x00" + b"\0" * 100, "evidence.kind"),
    "a.zip": (files.archive({"a.txt": b"x"}), "evidence.kind"),
    "a.docx": (files.archive({"a.txt": b"x"}), "evidence.kind"),
    "page.txt": (HTML, "evidence.page"),
    "later.txt": (b"x" * 70_000 + HTML, "evidence.page"),
    "edge.txt": (b"x" * (64 * 1024 - 3) + b"<script>", "evidence.page"),
    "page.html": (HTML, "evidence.page"),
    "image.svg": (b"<svg onload='x'/>", "evidence.page"),
    "gif.png": (b"GIF89a" + HTML, "evidence.page"),
    "polyglot.png": (files.png(text=HTML), "evidence.page"),
    "comment.jpg": (files.jpg(HTML), "evidence.page"),
    "behind.png": (files.png(behind=b"PK\x03\x04 something"), "evidence.trailing"),
    "behind.heic": (files.heic() + b"PK\x03\x04", "evidence.trailing"),
    "behind.webp": (files.photo("WEBP") + b"PK\x03\x04", "evidence.trailing"),
    "page.tiff": (files.photo("TIFF") + HTML, "evidence.page"),
    "cut.heic": (files.heic()[:-20], "evidence.broken"),
    "cut.webp": (files.photo("WEBP")[:-4], "evidence.broken"),
    "cut.tiff": (files.photo("TIFF")[:-300], "evidence.broken"),
    "film.heic": (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(40), "evidence.kind"),
    "behind.pdf": (files.pdf(behind=HTML), "evidence.page"),
    "before.pdf": (HTML + files.pdf(), "evidence.page"),
    "cut.pdf": (files.pdf()[:-8], "evidence.broken"),
    "cut.png": (files.png()[:-6], "evidence.broken"),
    "cut.jpg": (files.jpg()[:-2], "evidence.broken"),
    "cut.docx": (files.office("docx")[:-30], "evidence.broken"),
    "macros.xlsx": (files.office("xlsx", **{"xl/vbaProject.bin": b"x"}), "evidence.macros"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "evidence.old_office"),
    "binary.txt": (b"a\x00b\x01c", "evidence.kind"),
    "gpj.\u202eexe.png": (files.png(), "evidence.name"),
    "长" * 130 + ".pdf": (files.pdf(), "evidence.name"),
}


def judge(name: str, content: bytes) -> tuple[str, str]:
    return judged(Staged(name, io.BytesIO(content), len(content), hashlib.sha256(content).hexdigest()), KINDS)


@pytest.mark.parametrize("name", GOOD)
def test_a_file_is_what_its_content_says(name: str) -> None:
    content, kind = GOOD[name]
    assert judge(name, content) == (name, kind)


@pytest.mark.parametrize("name", BAD)
def test_what_pretends_is_refused_with_its_code(name: str) -> None:
    content, code = BAD[name]
    with pytest.raises(Invalid) as raised:
        judge(name, content)
    assert raised.value.code == code


def test_entries_that_overlap_are_a_bomb() -> None:
    """Many directory entries over the same bytes: each looks harmless, together they unpack to far too much."""
    content = bytearray(files.office("docx", **{"word/a.bin": random.Random(1).randbytes(300_000)}))
    with pytest.raises(Invalid) as raised:
        judge("a.docx", _listed_many_times(bytes(content), 40))
    assert raised.value.code in ("evidence.bomb", "evidence.broken")


def test_a_folder_in_the_name_is_left_out() -> None:
    assert judge("C:\\照片\\..\\a.png", files.png())[0] == "a.png"


def test_a_kind_that_is_switched_off_is_refused() -> None:
    content = files.office("pptx")
    with pytest.raises(Invalid) as raised:
        judged(Staged("a.pptx", io.BytesIO(content), len(content), ""), {"pdf"})
    assert raised.value.code == "evidence.kind"


@given(st.sampled_from(sorted(GOOD)), st.integers(0, 400), st.binary(max_size=6))
def test_spoiled_files_are_judged_or_refused_and_nothing_else(name: str, place: int, noise: bytes) -> None:
    content = GOOD[name][0]
    spoiled = content[:place] + noise + content[place + len(noise) :]
    with suppress(Invalid):
        assert judge(name, spoiled)[1] in KINDS


def _listed_many_times(content: bytes, times: int) -> bytes:
    """The archive with the last entry of its directory repeated."""
    end = content.rindex(b"PK\x05\x06")
    count, size, start = (
        int.from_bytes(content[end + a : end + b], "little") for a, b in ((10, 12), (12, 16), (16, 20))
    )
    last = content.rindex(b"PK\x01\x02", start, end)
    entry = content[last:end]
    tail = bytearray(content[end:])
    tail[8:10] = tail[10:12] = (count + times).to_bytes(2, "little")
    tail[12:16] = (size + times * len(entry)).to_bytes(4, "little")
    return content[:end] + entry * times + bytes(tail)
