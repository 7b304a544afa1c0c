"""Files that are kept, whatever they are put to: what the gateway judged of one, what is told of one, how one is looked at. Each family
adds whose they are, and may allow fewer kinds."""

from marshmallow import fields
from marshmallow.validate import Regexp

from shared.contracts.shapes import Command, Document, batch, code, text, whole, word
from shared.vocabulary.evidence import FILE_KINDS


class JudgedFile(Command):
    """A file whose content the gateway has judged."""

    name = text(required=True)
    kind = word(FILE_KINDS, required=True)
    media_type = code(required=True)
    size = whole(1, 2**40, required=True)
    sha256 = fields.String(required=True, validate=Regexp(r"[0-9a-f]{64}\Z"))


class SeveralFiles(Command):
    evidence = batch(code())


class FileDocument(Document):
    name = fields.String(required=True)
    kind = word(FILE_KINDS, required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    owner = fields.String(required=True, metadata={"description": "the account that put it there"})


class PreviewQuery(Command):
    page = whole(1, 100_000, "from 1", load_default=1)
    width = whole(64, 2000, "pixels across, at most; 160 for a thumbnail", load_default=1000)


class CopyQuery(Command):
    page = whole(1, 100_000, "from 1; of a scan of several sheets", load_default=1)
