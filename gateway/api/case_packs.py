"""案卷: the whole file of one case as one PDF. What strangers uploaded is drawn by the bounded process of previews: only pictures go in."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from flask import Response

from gateway.api.case_papers import keep_files, key_of
from gateway.api.core import FILE
from gateway.files.case_files import case_files, content_of
from gateway.files.giving import attachment
from gateway.files.names import FileName
from gateway.mounting import mounted, view
from gateway.paper.printing import printed
from gateway.parts import parts
from gateway.previews.drawing import DRAWN, preview
from gateway.rpc import ask
from shared.contracts.complaints import packs as contract
from shared.errors import Problem

packs = mounted(contract.packs)
PDF = "application/pdf"
WIDE = 1400  # pixels of a page of an attachment
MOST_PAGES = 100  # of one attachment; the rest is named and left out


@view(packs, contract.collect_pack, FILE, content_type=PDF)
def collect_pack(case: UUID) -> Response:
    pack = ask(contract.collect_pack, {"case": str(case)})
    with ExitStack() as unless_done:
        folder = Path(unless_done.enter_context(TemporaryDirectory(dir=parts().store.staging, prefix="kaohe-")))
        pack["papers"] = [_paper(folder, one) for one in pack["papers"]]
        pack["attachments"] = [_attachment(folder, one) for one in pack["attachments"]]
        content = printed(pack, "case-pack")
    return attachment(content, FileName("案卷", "case", (pack["number"],)), PDF)


def _paper(folder: Path, one: dict[str, Any]) -> dict[str, Any]:
    """The archived PDF itself, read back and checked against its hash."""
    shown, size = one["shown"], one["pdf_size"]
    if one["content"] is not None:
        kept = keep_files(one)
        shown, size = kept["shown"], kept["pdf_size"]
    sha256 = shown["pdf_sha256"]
    path = folder / f"{shown['paper']}.pdf"
    path.write_bytes(case_files().whole(key_of(shown["paper"], "pdf", sha256), size, sha256))
    return {"title": one["title"], "path": str(path)}


def _attachment(folder: Path, one: dict[str, Any]) -> dict[str, Any]:
    title = f"{one['name']}{'　' + one['note'] if one['note'] else ''}"
    told = {"title": title, "paths": [], "reason": ""}
    if one["kind"] not in DRAWN:
        return {**told, "reason": f"该附件（SHA-256：{one['sha256']}）不能打印，请查看系统中的原文件。"}
    try:
        first = preview(content_of(one), one["kind"], 1, WIDE)
        pages = [first.picture]
        pages += [
            preview(content_of(one), one["kind"], page, WIDE).picture
            for page in range(2, min(first.pages, MOST_PAGES) + 1)
        ]
    except Problem as problem:
        return {**told, "reason": f"该附件（SHA-256：{one['sha256']}）不能打印：{problem.zh}"}
    paths = [folder / f"{one['attachment']}-{number}.png" for number in range(len(pages))]
    for path, page in zip(paths, pages, strict=True):
        path.write_bytes(page)
    left = first.pages - len(pages)
    reason = f"该附件另有 {left} 页未打印，请查看系统中的原文件。" if left > 0 else ""
    return {**told, "paths": [str(path) for path in paths], "reason": reason}
