"""文书: the papers of a case, numbered, archived as they were made, voided on record, mended by a further one."""

from marshmallow import fields
from marshmallow.validate import Regexp

from shared.contracts.complaints.cases import OneCase
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    Empty,
    PageQuery,
    batch,
    flag,
    listing,
    needed_text,
    note,
    text,
    whole,
    word,
)
from shared.vocabulary.case_papers import PAPER_FORMATS, PAPER_STATES, PAPERS
from shared.vocabulary.complaints import PARTIES


class NewPaper(OneCase):
    kind = word(PAPERS, required=True)
    party = word(PARTIES, "to whom it goes, where it goes to one of them", load_default=None)
    text = note(
        4000, "what only a person can say: the agreement, the course of a mediation, what is put right", load_default=""
    )
    contact = note(100, "whom to ask; the handler where absent", load_default="")
    phone = note(50, "of whom to ask", load_default="")
    corrects = fields.UUID(load_default=None, metadata={"description": "of a 更正通知书: the paper that it mends"})


class OnePaper(OneCase):
    paper = fields.UUID(required=True)


class PaperFile(OnePaper):
    format = word(PAPER_FORMATS, load_default="pdf")


class VoidedPaper(OnePaper):
    why = needed_text(500, "why the number is void, for the record")


class KeptFiles(Command):
    """What was rendered and stored, by the gateway itself."""

    paper = fields.UUID(required=True)
    pdf_sha256 = fields.String(required=True, validate=Regexp(r"[0-9a-f]{64}\Z"))
    pdf_size = whole(1, required=True)
    docx_sha256 = fields.String(required=True, validate=Regexp(r"[0-9a-f]{64}\Z"))
    docx_size = whole(1, required=True)


class PaperNumbersQuery(PageQuery):
    unit = text(20, required=True)
    year = whole(2000, 2100, required=True)
    kind = word(PAPERS, required=True)
    total = flag("tell how many there are", load_default=False)


class PaperWordEntry(Command):
    unit = text(20, required=True)
    word = fields.String(
        required=True,
        validate=Regexp(r"[\u4e00-\u9fff]{2,12}\Z", error="2 to 12 Chinese characters"),
        metadata={"description": "机关代字, unlike any other unit's"},
    )


class PaperWordEntries(Command):
    words = batch(PaperWordEntry)


class PaperDocument(Document):
    paper = fields.String(required=True)
    case = fields.String(required=True)
    case_number = fields.String(required=True)
    kind = word(PAPERS, required=True)
    unit = fields.String(required=True)
    year = fields.Integer(required=True)
    number = fields.Integer(required=True, metadata={"description": "its place in the unit's series of year and kind"})
    text = fields.String(required=True, metadata={"description": "the number as it reads"})
    status = word(PAPER_STATES, required=True)
    party = word(PARTIES, required=True, allow_none=True)
    corrects = fields.String(required=True, allow_none=True)
    made_at = fields.AwareDateTime(required=True)
    made_by = fields.String(required=True, metadata={"description": "the account"})
    person = fields.String(required=True, allow_none=True)
    pdf_sha256 = fields.String(required=True, allow_none=True)
    docx_sha256 = fields.String(required=True, allow_none=True)
    voided_at = fields.AwareDateTime(required=True, allow_none=True)
    voided_by = fields.String(required=True, allow_none=True)
    why = fields.String(required=True, metadata={"description": "of a voided one"})


class PaperChoice(Document):
    """One kind that cases like this can give: how it is asked for, and why not now where it cannot be."""

    kind = word(PAPERS, required=True)
    zh = fields.String(required=True)
    to_party = fields.Boolean(required=True)
    needs_text = fields.String(required=True, metadata={"description": "what has to be written; empty: nothing"})
    why_not = fields.String(required=True, allow_none=True)


class PapersDocument(Document):
    items = listing(PaperDocument)
    choices = listing(PaperChoice)
    may_open = fields.Boolean(required=True)
    why_not_void = fields.String(required=True, allow_none=True)


class PaperNumbers(Document):
    total = fields.Integer()
    total_capped = fields.Boolean()
    items = listing(PaperDocument)
    next = fields.String(required=True, allow_none=True)
    unexplained = listing(fields.Integer(), "numbers of the series without a record: there are none")


class PaperWord(Document):
    unit = fields.String(required=True)
    name = fields.String(required=True)
    word = fields.String(required=True)
    own = fields.Boolean(required=True, metadata={"description": "somebody set it; else it is made from the names"})
    example = fields.String(required=True)


class PaperWords(Document):
    items = listing(PaperWord)


papers = Family("complaints", "case_papers", "文书 papers of a case, with their numbers")

list_papers = papers.get("/cases/<case>/papers", "list_papers", OneCase, PapersDocument, may="may_see")(
    "文书列表 a case's papers, which can be made of it now, and why not the others"
)
make_paper = papers.post(
    "/cases/<case>/papers",
    "make_paper",
    NewPaper,
    PaperDocument,
    may="why_not_make_paper",
    status=201,
    mounted=False,
)("制作文书 number a paper and archive it as PDF and .docx")
open_paper = papers.get(
    "/cases/<uuid:case>/papers/<uuid:paper>/file",
    "open_paper",
    PaperFile,
    None,
    may="may_open_paper",
    looks="may_open_paper",
    mounted=False,
)("打开文书 the archived file, byte by byte as it was made")
void_paper = papers.post(
    "/cases/<case>/papers/<paper>/void", "void_paper", VoidedPaper, PaperDocument, may="why_not_void_paper"
)("作废文书 void a number; it stays on record with who, when and why")
list_paper_numbers = papers.get(
    "/case-papers", "list_paper_numbers", PaperNumbersQuery, PaperNumbers, may="may_list_paper_numbers"
)("文号登记簿 every number of a unit, year and kind, voided ones too")
get_paper_words = papers.get("/case-paper-words", "get_paper_words", Empty, PaperWords, may="anyone")(
    "机关代字 what stands before the numbers of each unit's papers"
)
put_paper_words = papers.put(
    "/case-paper-words", "put_paper_words", PaperWordEntries, PaperWords, may="may_set_case_settings"
)("设定机关代字 set what stands before the numbers of some units")
keep_paper = papers.internal("keep_paper", KeptFiles, may="operator")
