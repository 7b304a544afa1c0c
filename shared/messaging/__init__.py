"""How messages travel: names, wire form, entrypoints, retries, the outbox's relay. The same code on RabbitMQ and in process."""
