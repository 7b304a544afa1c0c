"""`kaohe evidence check` knows the files of cases, sealed as they lie, and names what is damaged or unknown."""

import hashlib
import io
from typing import Any

from sqlalchemy import insert

from gateway.files.case_files import CaseFiles
from gateway.files.store import Store
from ops.evidence import _bureaus, _faults
from services.complaints.storage.attachment_tables import case_attachments
from services.complaints.storage.paper_tables import case_papers
from shared import clock
from shared.actor import system
from shared.database import open_sessions
from tests.component.complaints.conftest import BUREAU
from tests.support.databases import Databases

CONTENT = "张守信的身份证复印件".encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def test_a_file_of_a_case_is_opened_and_compared(database: Databases, tmp_path: Any) -> None:
    url = database("declarations", "complaints")
    sessions = {schema: open_sessions(url, schema) for schema in ("declarations", "complaints")}
    store, now = Store(str(tmp_path), {}), clock.now()
    files = CaseFiles(store, BUREAU)
    paper_key = f"{BUREAU}/p1-{SHA256[:16]}"
    for key in (f"{BUREAU}/a1", f"{paper_key}.pdf", f"{paper_key}.docx", f"{BUREAU}/unknown"):
        files.put(key, io.BytesIO(CONTENT))
    about = {"bureau": BUREAU, "code": "c1", "kind": "pdf"}
    file = {"cycle": "2026", "evidence": "a1", "revision": 2, "status": "kept", "name": "x", "media_type": "x"}
    size = {"size": len(CONTENT), "sha256": SHA256, "stored_as": "a1", "owner": "x", "reserved_at": now}
    paper = {"paper": "p1", "unit": "S01", "year": 2026, "number": 1, "word": "x", "text": "x", "content": b"x"}
    made = {"content_sha256": SHA256, "made_at": now, "made_by": "x", "pdf_sha256": SHA256, "docx_sha256": SHA256}
    sizes = {"pdf_size": len(CONTENT), "docx_size": len(CONTENT)}
    with sessions["complaints"].begin(system(BUREAU)) as session:
        session.execute(insert(case_attachments).values(**about, **file, **size))
        dropped = {**file, "evidence": "a2", "status": "dropped"}  # the same bytes, which the first one still keeps
        session.execute(insert(case_attachments).values(**about, **dropped, **size))
        session.execute(insert(case_papers).values(**about, **paper, **made, **sizes))
    assert _bureaus(sessions) == [BUREAU]
    assert list(_faults(sessions, store, BUREAU, content=True)) == [f"没有登记 unknown: {BUREAU}/unknown"]
    damaged = tmp_path / BUREAU / "a1"
    content = damaged.read_bytes()
    damaged.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    (tmp_path / f"{paper_key}.pdf").unlink()
    found = set(_faults(sessions, store, BUREAU, content=True))
    assert found >= {f"损坏 damaged: {BUREAU}/a1", f"缺失 missing: {paper_key}.pdf"}
    for one in sessions.values():
        one.engine.dispose()
