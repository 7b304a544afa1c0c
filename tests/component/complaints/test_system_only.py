"""What the gateway does by itself, which alone has the bytes of files, is refused to every account."""

from typing import Any

import pytest

from services.complaints.usecases import attachments, papers, pictures
from shared.actor import system
from shared.errors import Forbidden, NotFound
from tests.component.complaints.conftest import BUREAU, CENTRE, Centre, actor

FILES: dict[str, Any] = {
    "paper": "none",
    "pdf_sha256": "0" * 64,
    "pdf_size": 1,
    "docx_sha256": "0" * 64,
    "docx_size": 1,
}


@pytest.mark.parametrize("by", [CENTRE, actor("admin"), actor("office")])
def test_no_account_notes_or_forgets_files(centre: Centre, by: Any) -> None:
    for forgetting in (attachments.forget_attachments, pictures.forget_pictures):
        with pytest.raises(Forbidden):
            centre.do(forgetting, {"evidence": ["none"]}, by=by)
    with pytest.raises(Forbidden):
        centre.do(papers.keep_paper, FILES, by=by)


def test_the_system_does(centre: Centre) -> None:
    for forgetting in (attachments.forget_attachments, pictures.forget_pictures):
        assert centre.do(forgetting, {"evidence": ["none"]}, by=system(BUREAU)) == {"forgotten": 0}
    with pytest.raises(NotFound):
        centre.do(papers.keep_paper, FILES, by=system(BUREAU))
