"""The one list of commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pln.ui.commands.command import Category, Command, CommandId

_RECENT = 6
_SHARING = frozenset({CommandId.JOURNAL_SHARE, CommandId.READING_SEND})


class CommandClashError(ValueError):
    """Two commands want the same id or the same shortcut, or a command wants a shortcut it must not have."""


class Registry:
    """Holds commands and runs them. Order of adding is the order in menus."""

    def __init__(self) -> None:
        self._commands: dict[CommandId, Command] = {}
        self._recent: list[CommandId] = []
        self._listeners: list[Callable[[Command], None]] = []
        self._gone: list[Callable[[CommandId], None]] = []
        self._allowed: frozenset[CommandId] | None = None
        self._refused: frozenset[CommandId] = frozenset()

    def add(self, *commands: Command) -> None:
        """Take commands up. Raises CommandClashError where an id or a shortcut is taken already."""
        for command in commands:
            self._check(command)
            self._commands[command.id] = command
            for listener in self._listeners:
                listener(command)

    def remove(self, *ids: CommandId) -> None:
        """Forget commands, with what they would run. An id that is not there is no fault."""
        for wanted in ids:
            if self._commands.pop(wanted, None) is not None:
                for listener in self._gone:
                    listener(wanted)
        self._recent = [known for known in self._recent if known in self._commands]

    def on_removed(self, listener: Callable[[CommandId], None]) -> None:
        """Call for each command that is forgotten."""
        self._gone.append(listener)

    def on_added(self, listener: Callable[[Command], None]) -> None:
        """Call for each command there is, and for each one to come."""
        for command in self._commands.values():
            listener(command)
        self._listeners.append(listener)

    def allow_only(self, ids: Iterable[CommandId] | None) -> None:
        """Until this is called again, no other command runs, whoever asks. None allows all of them."""
        self._allowed = None if ids is None else frozenset(ids)

    def refuse(self, ids: Iterable[CommandId]) -> None:
        """Until this is called again, none of these runs, whoever asks and whatever is allowed."""
        self._refused = frozenset(ids)

    def may_run(self, command: Command) -> bool:
        allowed = self._allowed is None or command.id in self._allowed
        return allowed and command.id not in self._refused and command.when()

    def get(self, wanted: CommandId) -> Command | None:
        return self._commands.get(wanted)

    def all(self) -> tuple[Command, ...]:
        return tuple(self._commands.values())

    def of(self, category: Category) -> tuple[Command, ...]:
        return tuple(command for command in self._commands.values() if command.category is category)

    def run(self, wanted: CommandId) -> bool:
        """Run a command if it may run now; False where it may not. Raises KeyError where there is none of this id."""
        command = self._commands[wanted]
        if not self.may_run(command):
            return False
        self._recent = [wanted, *(known for known in self._recent if known is not wanted)][:_RECENT]
        command.run()
        return True

    def recent(self) -> tuple[Command, ...]:
        """The commands run last, the newest first."""
        return tuple(self._commands[known] for known in self._recent)

    def _check(self, command: Command) -> None:
        if command.id in self._commands:
            raise CommandClashError(f"command {command.id} is there twice")
        if command.shortcut and command.id in _SHARING:
            raise CommandClashError(f"{command.id} sends something out: it has no shortcut by default")
        for shortcut in command.shortcuts():
            self._check_shortcut(command, shortcut)

    def _check_shortcut(self, command: Command, shortcut: str) -> None:
        if len(shortcut) == 1 and not command.place:
            raise CommandClashError(f"{command.id}: the single key {shortcut} would work everywhere, also while typing")
        for other in self._commands.values():
            meet = not command.place or not other.place or command.place == other.place
            if meet and shortcut.casefold() in (taken.casefold() for taken in other.shortcuts()):
                raise CommandClashError(f"{command.id} and {other.id} both want {shortcut}")
