"""`python -m tests.faults.relay`: stands between the processes and broker and database, so that their connections can be cut, delayed and black-holed.

A line of standard input is an order: ``open NAME PORT TARGET`` (both on 127.0.0.1), then ``pass|cut|delay|hole NAME``. Ends with its input.
"""

import asyncio
import socket
import struct
import sys
from contextlib import suppress

AT_ONCE = 1 << 16  # bytes
SLOW = 0.15  # seconds that every piece is late, in each direction
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: the peer hears that the connection is no more


class Line:
    """All connections of one process to one server."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._open = asyncio.Event()
        self._open.set()
        self._refuses, self._late = False, 0.0
        self._ends: set[asyncio.StreamWriter] = set()

    def set(self, how: str) -> None:
        """``hole``: nothing passes and nobody is told; what was sent arrives afterwards, as TCP would send it again."""
        self._refuses, self._late = how == "cut", SLOW if how == "delay" else 0.0
        (self._open.clear if how == "hole" else self._open.set)()
        if self._refuses:
            for one in tuple(self._ends):
                _reset(one)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        await self._open.wait()
        try:
            if self._refuses:
                return
            there, target = await asyncio.open_connection("127.0.0.1", self._target)
            self._ends.add(target)
            try:
                await asyncio.gather(self._pass(reader, target), self._pass(there, writer))
            finally:
                self._end(target)
        except (OSError, asyncio.CancelledError):  # cancelled: we end
            pass
        finally:
            self._end(writer)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(AT_ONCE):
                if self._late:
                    await asyncio.sleep(self._late)
                await self._open.wait()
                writer.write(data)
                await writer.drain()
        finally:
            with suppress(OSError):
                writer.close()

    def _end(self, writer: asyncio.StreamWriter) -> None:
        self._ends.discard(writer)
        _reset(writer)


def _reset(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()


async def main() -> None:
    lines: dict[str, Line] = {}
    orders = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    while order := (await orders.readline()).decode().split():
        if order[0] == "open":
            line = lines[order[1]] = Line(int(order[3]))
            await asyncio.start_server(line.serve, "127.0.0.1", int(order[2]))
        else:
            lines[order[1]].set(order[0])
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
