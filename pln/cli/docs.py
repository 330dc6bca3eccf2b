"""docs/cli.md, made from the verbs: `python -m pln.cli.docs > docs/cli.md`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from pln.cli.verb import Verb
from pln.cli.verbs import VERBS, Listed

_HEAD = """# The command line

<!-- Made from the code by `python -m pln.cli.docs > docs/cli.md`; change it there. -->

The same verbs as in the window, for scripts and for tests. `pln` alone opens the window.

Every verb takes these, before it or after it:

| option | |
|---|---|
| `--profile DIR` | the folder of the profile; without it the one of the user who is logged in |
| `--passphrase-file FILE` | a file with the passphrase on its first line; the password store is not asked then |
| `--offline` | ask nothing of the network in this run, whatever the settings say |
| `--json` | print the answer as JSON, in the form given below |

Without a passphrase file the computer's password store opens the profile, else a passphrase is asked for at the
terminal. The first verb that needs a profile begins one; its recovery code is printed once, on standard error. One PLN
uses a profile at a time: close the window first.

| exit code | |
|---|---|
| 0 | done |
| 1 | partly: the answer says what could not be done |
| 2 | wrong use: an option, a name or a path is off; nothing was changed |
| 3 | the environment: a file, the disk, the network or a passphrase; nothing was changed |

Faults are told in one sentence on standard error. With `--json` standard output then holds
`{"error": {"title": "...", "sentence": "..."}}`; faults of the options themselves (exit code 2) are told on standard
error alone.

In the tables below, `people[].name` is the `name` of each record in the list `people`, and `*` stands for any key. Days
are written as 2026-11-22, moments as 2026-11-22T12:00:00+00:00. Numbers of records belong to one profile; uids are the
same in every copy.
"""


def document() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(line for listed in VERBS for line in _section(listed))]).rstrip("\n")


def _section(listed: Listed) -> Iterator[str]:
    verb = listed.load()
    yield f"## {_usage(listed.name, verb)}\n"
    yield f"{listed.title} {verb.notes}".strip() + "\n"
    yield from ("| argument | |", "|---|---|")
    rows = [f"| `{_written(action)}` | {_cell(action.help or '')} |" for action in _actions(verb)]
    yield from rows or ["| none | |"]
    yield ""
    yield from ("```", *verb.examples, "```", "")
    yield from ("| in the JSON answer | |", "|---|---|")
    yield from (f"| `{path}` | {_cell(told)} |" for path, told in verb.shape.items())
    yield ""


def _usage(name: str, verb: Verb) -> str:
    places = [_placed(action) for action in _actions(verb) if not action.option_strings]
    return " ".join([f"pln {name}", *places])


def _placed(action: argparse.Action) -> str:
    name = str(action.metavar or action.dest)
    return {"+": f"{name}...", "?": f"[{name}]"}.get(str(action.nargs), name)


def _written(action: argparse.Action) -> str:
    if not action.option_strings:
        return _placed(action)
    if action.nargs == 0:
        return action.option_strings[0]
    value = "|".join(action.choices) if action.choices and not action.metavar else str(action.metavar)
    return f"{action.option_strings[0]} {value}" + ("..." if action.nargs == "+" else "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _actions(verb: Verb) -> list[argparse.Action]:
    parser = argparse.ArgumentParser(add_help=False)
    verb.arguments(parser)
    return parser._actions  # argparse offers no other way to list what was added


if __name__ == "__main__":
    print(document())
