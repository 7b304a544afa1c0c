"""Evidence: files that stand behind declarations, contributions, task orders and vetoes."""

from marshmallow import fields

from shared.contracts.declarations.asking import OneCycle
from shared.contracts.files import FileDocument, JudgedFile, SeveralFiles
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, batch, code, listing, word
from shared.vocabulary.evidence import REFERRING


class NewEvidence(JudgedFile, OneCycle):
    """Its uploader names the cycle only."""


class OneEvidence(Command):
    evidence = code(required=True)


class Attached(OneCycle):
    kind = word(REFERRING, required=True)
    aggregate = code("id of the declaration, order, contribution, veto …", required=True)


class Attaching(Attached):
    evidence = batch(code())


class EvidenceDocument(FileDocument):
    evidence = fields.String(required=True, metadata={"description": "in a declaration's evidence: `evidence:<this>`"})
    cycle = fields.String(required=True)


class PagesDocument(Document):
    evidence = fields.String(required=True)
    pages = fields.Integer(required=True, metadata={"description": "0: there is no preview of it, only the download"})


class EvidenceList(Document):
    items = listing(EvidenceDocument)


evidence = Family("declarations", "evidence", "佐证材料 files of evidence")

list_attached = evidence.get("/evidence", "list_attached", Attached, EvidenceList, may="anyone")(
    "材料列表 the files behind one declaration, order, contribution or veto that one may see"
)
attach_evidence = evidence.post(
    "/evidence/attach", "attach_evidence", Attaching, EvidenceList, may="check_adds_evidence"
)("附上材料 put own files to something that is not decided yet, of one's side or at one's desk")
get_evidence = evidence.get(
    "/evidence/<uuid:evidence>",
    "get_evidence",
    OneEvidence,
    EvidenceDocument,
    may="anyone",
    looks="reads_everything",
    mounted=False,
)("材料信息 what is known of a file")
drop_evidence = evidence.delete(
    "/evidence/<uuid:evidence>", "drop_evidence", OneEvidence, None, may="anyone", status=204, mounted=False
)("删除 one's own file that nothing refers to")
reserve_evidence = evidence.internal("reserve_evidence", NewEvidence, may="anyone")
keep_evidence = evidence.internal("keep_evidence", OneEvidence, may="anyone")
forget_evidence = evidence.internal("forget_evidence", SeveralFiles, may="operator")
list_to_clear = evidence.internal("list_to_clear", may="operator")
