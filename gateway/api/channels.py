"""How people are told: one's own address and choices; the bureau's webhooks and robots; what was sent."""

from typing import Any

from flask import Response

from gateway.api.channel_documents import (
    AddressCode,
    ChannelChange,
    ChannelDocument,
    ChannelList,
    Choices,
    DeliveryDocument,
    DeliveryQuery,
    NewAddress,
    NewChannel,
    OwnChannels,
    Revival,
    Revived,
    Trial,
)
from gateway.api.core import (
    blueprint,
    etag,
    if_match,
    leaves_no_trace,
    paged,
)
from gateway.channels import of_bureau, own
from gateway.current import by_hand, current_actor
from gateway.parts import parts
from gateway.storage.bureau_channels import BureauChannels
from gateway.storage.deliveries import Deliveries
from shared.actor import Actor
from shared.clock import now
from shared.recording import audit

channels = blueprint("channels", "通知方式 how people are told outside of the console")
channels.truthful = True


def _shown(actor: Actor) -> dict[str, Any]:
    with parts().database.begin(actor) as session:
        return own.show(session, actor)


@channels.route("/notices/channels")
@channels.response(200, OwnChannels)
def get_own_channels() -> dict[str, Any]:
    """通知方式 how one is told, class by class"""
    return _shown(current_actor())


@channels.route("/notices/channels", methods=["PUT"])
@channels.arguments(Choices)
@channels.response(200, OwnChannels)
def put_own_channels(command: dict[str, Any]) -> dict[str, Any]:
    """保存通知方式 replaces what was chosen; urgent classes keep their ways"""
    actor = current_actor()
    with parts().database.begin(actor) as session:
        own.choose(session, actor, command)
        return own.show(session, actor)


@channels.route("/notices/channels/address", methods=["POST"])
@channels.arguments(NewAddress)
@channels.response(202, OwnChannels)
@leaves_no_trace
def ask_address_code(command: dict[str, Any]) -> dict[str, Any]:
    """发送验证码 to an address that is to become one's own"""
    actor = by_hand()
    own.ask_for_code(parts().database, actor, command["address"])
    return _shown(actor)


@channels.route("/notices/channels/address/confirm", methods=["POST"])
@channels.arguments(AddressCode)
@channels.response(200, OwnChannels)
@leaves_no_trace
def confirm_address(command: dict[str, Any]) -> dict[str, Any]:
    """确认邮箱 with the code that was sent there"""
    actor = by_hand()
    own.confirm(parts().database, actor, command["code"])
    return _shown(actor)


@channels.route("/notices/channels/address", methods=["DELETE"])
@channels.response(204)
def drop_address() -> Response:
    """删除邮箱 nothing goes there any more"""
    actor = by_hand()
    with parts().database.begin(actor) as session:
        own.drop(session, actor)
    return Response(status=204)


@channels.route("/channels")
@channels.response(200, ChannelList)
def list_channels() -> dict[str, Any]:
    """通知通道 the bureau's webhooks and robots, each with its last success and failure"""
    actor = current_actor()
    of_bureau.check_keeps(actor)
    with parts().database.begin(actor) as session:
        return {"items": BureauChannels(session).all_of(actor.bureau)}


@channels.route("/channels", methods=["POST"])
@channels.arguments(NewChannel)
@channels.response(201, ChannelDocument)
def add_channel(command: dict[str, Any]) -> Any:
    """新增通道 address and secret are kept sealed and shown to nobody"""
    actor = by_hand()
    with parts().database.begin(actor) as session:
        return etag(of_bureau.add(session, actor, command), 201)


@channels.route("/channels/<channel>", methods=["PATCH"])
@channels.arguments(ChannelChange)
@channels.response(200, ChannelDocument)
def change_channel(command: dict[str, Any], channel: str) -> Any:
    """修改通道"""
    actor, revision = by_hand(), if_match()
    with parts().database.begin(actor) as session:
        return etag(of_bureau.change(session, actor, channel, command, revision))


@channels.route("/channels/<channel>", methods=["DELETE"])
@channels.response(204)
def drop_channel(channel: str) -> Response:
    """删除通道 what still waits for it is not sent"""
    actor = by_hand()
    with parts().database.begin(actor) as session:
        of_bureau.drop(session, actor, channel)
    return Response(status=204)


@channels.route("/channels/<channel>/try", methods=["POST"])
@channels.response(200, Trial)
def try_channel(channel: str) -> dict[str, Any]:
    """试发 a message that says it is a trial"""
    return of_bureau.try_out(parts().database, by_hand(), channel)


@channels.route("/deliveries")
@channels.arguments(DeliveryQuery, location="query")
@channels.response(200, paged(DeliveryDocument))
def list_deliveries(query: dict[str, Any]) -> dict[str, Any]:
    """发送情况 what is to be sent, was, and could not be; the office sees its bureau's, the operator all"""
    actor = current_actor()
    reach = of_bureau.reach_of(actor)
    with parts().database.begin(actor) as session:
        return Deliveries(session).page(reach, query)


@channels.route("/deliveries/retry", methods=["POST"])
@channels.arguments(Revival)
@channels.response(200, Revived)
def retry_deliveries(command: dict[str, Any]) -> dict[str, Any]:
    """重新发送 those that could not be sent"""
    actor = by_hand()
    reach = of_bureau.reach_of(actor)
    with parts().database.begin(actor) as session:
        revived = Deliveries(session).revive(reach, command["deliveries"], now())
        audit(session, action="deliveries.revived", subject=actor.account, before={}, after={"revived": revived})
    return {"revived": revived}
