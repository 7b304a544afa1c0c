"""Evidence: files that stand behind declarations, contributions, task orders and vetoes."""

from marshmallow import fields
from marshmallow.validate import Regexp

from shared.contracts.declarations.asking import OneCycle
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, batch, code, listing, text, whole, word
from shared.vocabulary.evidence import FILE_KINDS, REFERRING


class NewEvidence(OneCycle):
    """A file whose content the gateway has judged; its uploader names the cycle only."""

    name = text(required=True)
    kind = word(FILE_KINDS, required=True)
    media_type = code(required=True)
    size = whole(1, 2**40, required=True)
    sha256 = fields.String(required=True, validate=Regexp(r"[0-9a-f]{64}\Z"))


class OneEvidence(Command):
    evidence = code(required=True)


class SeveralFiles(Command):
    evidence = batch(code())


class Attached(OneCycle):
    kind = word(REFERRING, required=True)
    aggregate = code("id of the declaration, order, contribution, veto …", required=True)


class Attaching(Attached):
    evidence = batch(code())


class EvidenceDocument(Document):
    evidence = fields.String(required=True, metadata={"description": "in a declaration's evidence: `evidence:<this>`"})
    cycle = fields.String(required=True)
    name = fields.String(required=True)
    kind = word(FILE_KINDS, required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    owner = fields.String(required=True)


class PreviewQuery(Command):
    page = whole(1, 100_000, "from 1", load_default=1)
    width = whole(64, 2000, "pixels across, at most; 160 for a thumbnail", load_default=1000)


class CopyQuery(Command):
    page = whole(1, 100_000, "from 1; of a scan of several sheets", load_default=1)


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
