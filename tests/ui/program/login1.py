"""Plays the system's login1 on a private bus: python login1.py ADDRESS. Says what it was asked, does what it is told.

Told on standard input, a line each: sleep, wake, lock, eof (waits until the inhibitor was let go). Needs jeepney.
"""

from __future__ import annotations

import os
import sys
import threading

from jeepney import DBusAddress, HeaderFields, Message, MessageType, message_bus, new_method_return, new_signal
from jeepney.io.blocking import DBusConnection, open_dbus_connection

PATH, SESSION = "/org/freedesktop/login1", "/org/freedesktop/login1/session/_31"
MANAGER = DBusAddress(PATH, "org.freedesktop.login1", "org.freedesktop.login1.Manager")
HERE = DBusAddress(SESSION, "org.freedesktop.login1", "org.freedesktop.login1.Session")
ELSEWHERE = DBusAddress(SESSION + "2", "org.freedesktop.login1", "org.freedesktop.login1.Session")


def main() -> None:
    bus = open_dbus_connection(bus=sys.argv[1], enable_fds=True)
    bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.login1"))
    held: list[int] = []
    threading.Thread(target=lambda: [answer(bus, bus.receive(), held) for _ in iter(int, 1)], daemon=True).start()
    say("ready")
    for line in sys.stdin:
        word = line.strip()
        if word in ("sleep", "wake"):
            bus.send(new_signal(MANAGER, "PrepareForSleep", "b", (word == "sleep",)))
        elif word in ("lock", "lock another"):
            bus.send(new_signal(HERE if word == "lock" else ELSEWHERE, "Lock"))
        elif word == "eof":
            os.read(held.pop(0), 1)
            say("let go")


def answer(bus: DBusConnection, message: Message, held: list[int]) -> None:
    if message.header.message_type is not MessageType.method_call:
        return
    name = message.header.fields[HeaderFields.member]
    if name == "Inhibit":
        reader, writer = os.pipe()
        held.append(reader)
        bus.send(new_method_return(message, "h", (writer,)))
        os.close(writer)
    elif name == "GetSession":
        bus.send(new_method_return(message, "o", (SESSION,)))
    say(f"{name} {message.body}")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
