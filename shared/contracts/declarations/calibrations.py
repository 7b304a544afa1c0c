"""Calibration of raters: raw and adjusted values of a closed campaign side by side, agreement, and ballots that grade nobody."""

from typing import Any

from marshmallow import fields

from shared.contracts.declarations.campaigns import OneCampaign
from shared.contracts.operations import Family
from shared.contracts.shapes import Document, Exact, described, listing, word
from shared.vocabulary.campaigns import COMBINATIONS


def _figure(description: str = "") -> Exact:
    options: dict[str, Any] = {"required": True, "allow_none": True}
    return Exact(**described(description, options))


class CalibratedSubject(Document):
    subject = fields.String(required=True)
    votes = fields.Integer(required=True)
    left_out = listing(fields.String(), "groups under their minimum")
    raw = _figure("mean coefficient of the votes, weighted as the campaign says: what counts")
    adjusted = _figure("what a rater of mean severity would have given")
    error = _figure("its standard error")
    plain = _figure("mean coefficient of all ballots; null where it would tell of one or two ballots of a bloc")
    robust = _figure(
        "that of the ballots outside blocs or, where the campaign trims, of all but those most alike; null for the same reason"
    )
    raw_points = _figure()
    adjusted_points = _figure()


class VarianceDocument(Document):
    severity = _figure(
        "variance between raters; 0: they do not differ, and adjusted is raw; null: the votes cannot tell"
    )
    residual = _figure()


class AgreementDocument(Document):
    krippendorff_alpha = _figure("ordinal; 0.8 is good, below 0.667 hardly anything can be concluded")
    kendall_w = _figure("over the ballots that grade everybody; null without two of them")
    icc_single = _figure("ICC(1): how far a single rater can be relied on")
    icc_mean = _figure("ICC(1): the mean of all raters")
    icc2_single = _figure("ICC(2), where everybody grades everybody")
    icc2_mean = _figure()


class SignalsDocument(Document):
    judged = fields.Integer(required=True, metadata={"description": "ballots of five votes or more"})
    straight = fields.Integer(required=True, metadata={"description": "the same grade for all"})
    lone = fields.Integer(required=True, metadata={"description": "all the best but one the worst, or the reverse"})
    copied = fields.Integer(required=True, metadata={"description": "like another ballot, vote for vote"})
    blocs = listing(
        fields.Integer(),
        "ballots of each bloc: agreed beyond chance where opinions are independent; together fewer than half",
        allow_none=True,
    )


class GroupSeverity(Document):
    group = fields.String(required=True)
    ballots = fields.Integer(required=True)
    severity = _figure("mean; null where too few voted to be told apart")


class CalibrationDocument(Document):
    campaign = fields.String(required=True)
    indicator = fields.String(required=True)
    period = fields.String(required=True)
    ballots = fields.Integer(required=True)
    combination = word(COMBINATIONS, required=True)
    told = fields.Boolean(required=True, metadata={"description": "false under three ballots: nothing is told"})
    subjects = listing(CalibratedSubject)
    variance = fields.Nested(VarianceDocument, required=True, allow_none=True)
    agreement = fields.Nested(AgreementDocument, required=True, allow_none=True)
    signals = fields.Nested(
        SignalsDocument, required=True, allow_none=True, metadata={"description": "for the panel only"}
    )
    groups = listing(GroupSeverity)
    unlinked = listing(
        fields.List(fields.String()),
        "sets of subjects that no rater connects: not comparable with each other; empty: all are linked",
    )


calibrations = Family("declarations", "calibrations", "评价校准 severity of raters, agreement, signals of abuse")

calibrate_campaign = calibrations.get(
    "/campaigns/<campaign>/calibration",
    "calibrate_campaign",
    OneCampaign,
    CalibrationDocument,
    may="check_runs_campaigns",
)("评价校准 of a closed campaign; figures only, never a ballot")
