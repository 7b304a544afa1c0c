"""Pictures of genuine and false marks, put to an entry of the 打假信息库."""

from marshmallow import fields

from shared.contracts.complaints.counterfeits import OneCounterfeit
from shared.contracts.files import FileDocument, JudgedFile, SeveralFiles
from shared.contracts.operations import Family
from shared.contracts.shapes import Document, listing, note, word
from shared.vocabulary.case_knowledge import SHOWN_MARKS
from shared.vocabulary.evidence import PICTURE_KINDS


class NewPicture(OneCounterfeit):
    note = note(200, "what it shows", load_default="")
    shows = word(SHOWN_MARKS, "the genuine thing or the false one", load_default="false")


class ReservedPicture(JudgedFile, NewPicture):
    kind = word(PICTURE_KINDS, required=True)


class OnePicture(OneCounterfeit):
    picture = fields.UUID(required=True)


class PictureDocument(FileDocument):
    picture = fields.String(required=True)
    entry = fields.String(required=True)
    shows = word(SHOWN_MARKS, required=True)
    note = fields.String(required=True)
    kind = word(PICTURE_KINDS, required=True)
    added_at = fields.AwareDateTime(required=True)


class PicturePages(Document):
    picture = fields.String(required=True)
    pages = fields.Integer(required=True, metadata={"description": "how many can be previewed"})


class PicturesDocument(Document):
    items = listing(PictureDocument)


pictures = Family("complaints", "entry_pictures", "打假图片 pictures of genuine and false marks")
_ONE = "/counterfeits/<entry>/pictures/<picture>"

list_pictures = pictures.get(
    "/counterfeits/<entry>/pictures", "list_pictures", OneCounterfeit, PicturesDocument, may="may_look_up"
)("打假图片列表 the pictures of an entry")
get_picture = pictures.get(_ONE, "get_picture", OnePicture, PictureDocument, may="may_look_up", mounted=False)(
    "图片信息 what is known of a picture"
)
drop_picture = pictures.delete(
    _ONE, "drop_picture", OnePicture, None, may="may_write_entries", status=204, mounted=False
)("删除图片 take away a picture that one put there oneself")
reserve_picture = pictures.internal("reserve_picture", ReservedPicture, may="may_write_entries")
keep_picture = pictures.internal("keep_picture", OnePicture, may="may_write_entries")
forget_pictures = pictures.internal("forget_pictures", SeveralFiles, may="operator")
list_pictures_to_clear = pictures.internal("list_pictures_to_clear", may="operator")
