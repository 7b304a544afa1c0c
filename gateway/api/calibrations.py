"""Calibration of raters: raw and adjusted values of a closed campaign side by side, agreement, and ballots that grade nobody."""

from typing import Any

from marshmallow import fields

from gateway.api.core import Document, blueprint
from gateway.api.score_documents import number
from gateway.rpc import call

calibrations = blueprint("calibrations", "评价校准 severity of raters, agreement, signals of abuse")


class CalibratedSubject(Document):
    subject = fields.String(required=True)
    votes = fields.Integer(required=True)
    left_out = fields.List(fields.String(), required=True, metadata={"description": "groups under their minimum"})
    raw = number("mean coefficient of the votes, weighted as the campaign says: what counts")
    adjusted = number("what a rater of mean severity would have given")
    error = number("its standard error")
    raw_points = number()
    adjusted_points = number()


class VarianceDocument(Document):
    severity = number(
        "variance between raters; 0: they do not differ, and adjusted is raw; null: the votes cannot tell"
    )
    residual = number()


class AgreementDocument(Document):
    krippendorff_alpha = number("ordinal; 0.8 is good, below 0.667 hardly anything can be concluded")
    kendall_w = number("over the ballots that grade everybody; null without two of them")
    icc_single = number("ICC(1): how far a single rater can be relied on")
    icc_mean = number("ICC(1): the mean of all raters")
    icc2_single = number("ICC(2), where everybody grades everybody")
    icc2_mean = number()


class SignalsDocument(Document):
    judged = fields.Integer(required=True, metadata={"description": "ballots of five votes or more"})
    straight = fields.Integer(required=True, metadata={"description": "the same grade for all"})
    lone = fields.Integer(required=True, metadata={"description": "all the best but one the worst, or the reverse"})
    copied = fields.Integer(required=True, metadata={"description": "like another ballot, vote for vote"})


class GroupSeverity(Document):
    group = fields.String(required=True)
    ballots = fields.Integer(required=True)
    severity = number("mean; null where too few voted to be told apart")


class CalibrationDocument(Document):
    campaign = fields.String(required=True)
    indicator = fields.String(required=True)
    period = fields.String(required=True)
    ballots = fields.Integer(required=True)
    told = fields.Boolean(required=True, metadata={"description": "false under three ballots: nothing is told"})
    subjects = fields.List(fields.Nested(CalibratedSubject), required=True)
    variance = fields.Nested(VarianceDocument, required=True, allow_none=True)
    agreement = fields.Nested(AgreementDocument, required=True, allow_none=True)
    signals = fields.Nested(
        SignalsDocument, required=True, allow_none=True, metadata={"description": "for the panel only"}
    )
    groups = fields.List(fields.Nested(GroupSeverity), required=True)
    unlinked = fields.List(
        fields.List(fields.String()),
        required=True,
        metadata={
            "description": "sets of subjects that no rater connects: not comparable with each other; empty: all are linked"
        },
    )


@calibrations.route("/campaigns/<campaign>/calibration")
@calibrations.response(200, CalibrationDocument)
def calibrate_campaign(campaign: str) -> dict[str, Any]:
    """评价校准 of a closed campaign; figures only, never a ballot"""
    return call("declarations", "calibrate_campaign", {"campaign": campaign}, read=True)
