"""Commands on vetoes."""

from marshmallow import fields, validate

from services.declarations.domain.vetoes import SECTION, SOURCES
from services.declarations.schemas.fields import (
    Command,
    PageQuery,
    batch,
    code,
    evidence,
    needed_text,
    revision,
    text,
)


class NewVeto(Command):
    indicator = code(required=True)
    subject = code(required=True)
    reason = needed_text()
    source = fields.String(load_default=SECTION, validate=validate.OneOf(SOURCES))
    source_ref = code(load_default=None, allow_none=True)
    evidence = evidence()
    fact_on = fields.Date(load_default=None, allow_none=True)


class ProposeVetoes(Command):
    cycle = code(required=True)
    vetoes = batch(NewVeto)


class ChosenVeto(Command):
    veto = code(required=True)
    revision = revision()


class DecideVetoes(Command):
    cycle = code(required=True)
    decision = text(load_default="")
    vetoes = batch(ChosenVeto)


class VetoQuery(PageQuery):
    status = code()
    subject = code()
    indicator = code()
