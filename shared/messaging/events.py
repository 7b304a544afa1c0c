"""``@on(SomethingChanged)``: a service method that takes a batch of states, of one message or of several that lie ready."""

import time
from functools import partial
from typing import Any

from marshmallow import ValidationError
from nameko.exceptions import ContainerBeingKilled
from nameko.messaging import Consumer

from shared import metrics
from shared.events.declaring import EventType, event_type
from shared.logs import log
from shared.messaging.consumer import GuardedQueueConsumer, bury, retry_later
from shared.messaging.together import Batch, NotTogether
from shared.messaging.topology import consumer_queue
from shared.messaging.wire import WRITTEN


class EventEntrypoint(Consumer):
    """Acknowledges after the handler's transaction; a failure waits and comes again, at last it rests in the dead letters."""

    queue_consumer = GuardedQueueConsumer()
    _filling: Batch | None = None  # what the next worker begins with
    _alone = False  # this handler records something: one request's messages at a time

    def __init__(self, event: type, **kwargs: Any) -> None:
        self.kind: EventType = event_type(event)
        super().__init__(queue=None, **kwargs)

    def setup(self) -> None:
        self.queue = consumer_queue(self.kind, self.container.service_name)
        super().setup()

    def handle_message(self, body: Any, message: Any) -> None:
        try:
            states = [self.kind.load(raw) for raw in body]
        except (ValidationError, TypeError, KeyError, ValueError) as error:
            self._settle(message, partial(bury, message, self.queue.name, f"not a {self.kind.wire_name}: {error}"))
            return
        if not states:
            self.queue_consumer.ack_message(message)
        elif self._alone or self._filling is None or not self._filling.add(message, states):
            self._filling = Batch(self.kind, message, states)
            self._begin(self._filling)

    def _begin(self, batch: Batch) -> None:
        """Wait for a worker that handles ``batch``; what comes in meanwhile may join it."""
        handled = partial(self.handle_result, batch)
        try:
            self.container.spawn_worker(self, batch, {}, context_data=batch.context, handle_result=handled)
        except ContainerBeingKilled:
            for message in batch.messages:
                self.queue_consumer.requeue_message(message)

    def handle_message_processed(self, batch: Batch, result: Any = None, exc_info: Any = None) -> None:
        if exc_info is not None and len(batch.messages) > 1:
            self._alone = self._alone or isinstance(exc_info[1], NotTogether)
            for one in batch.each():
                self.container.spawn_managed_thread(partial(self._begin, one))
            return
        for message in batch.messages:
            self._handled(message, exc_info)

    def _handled(self, message: Any, exc_info: Any) -> None:
        metrics.EVENTS.labels(self.kind.wire_name, "failed" if exc_info else "taken").inc()
        if exc_info is None:
            if (written := message.headers.get(WRITTEN)) is not None:
                metrics.EVENT_LAG.labels(self.kind.wire_name).observe(max(0.0, time.time() - written / 1000))
            self.queue_consumer.ack_message(message)
        else:
            self._settle(message, partial(retry_later, message, self.queue.name, exc_info[1]))

    def _settle(self, message: Any, keep: Any) -> None:
        """Acknowledge only once the message is kept elsewhere; where that fails the broker delivers it again."""
        try:
            keep()
        except Exception:
            log.exception("could not set a message aside; it stays in its queue", queue=self.queue.name)
            self.queue_consumer.requeue_message(message)
        else:
            self.queue_consumer.ack_message(message)


on = EventEntrypoint.decorator
