"""What gateway and services say to each other, said once: ``<service>/<family>.py`` holds requests, answers and operations.

Both sides read it: the gateway mounts the operations and documents them (gateway/mounting.py), the service ties each to its
use case (shared/serving.py). Contracts grow and never change, as events do: tests/contract holds what was promised.
"""
