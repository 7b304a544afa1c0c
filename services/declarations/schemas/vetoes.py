"""Commands on vetoes."""

from services.declarations.schemas.fields import Command, PageQuery, batch, code, needed_text, revision, text


class NewVeto(Command):
    indicator = code(required=True)
    subject = code(required=True)
    reason = needed_text()


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
