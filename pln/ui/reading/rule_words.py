"""Rules in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pln.model.reading_rules import Act, Condition, How, Part, Rule


def part_options() -> list[tuple[str, str]]:
    return [
        (Part.ANYWHERE.value, _tr("Title, author or text")), (Part.TITLE.value, _tr("Title")),
        (Part.AUTHOR.value, _tr("Author")), (Part.TEXT.value, _tr("Text")), (Part.LINK.value, _tr("Address")),
    ]  # fmt: skip


def how_options() -> list[tuple[str, str]]:
    return [
        ("words", _tr("has one of the words")), ("no_words", _tr("has none of the words")),
        ("pattern", _tr("fits the pattern")), ("no_pattern", _tr("does not fit the pattern")),
    ]  # fmt: skip


def how_key(condition: Condition) -> str:
    return f"no_{condition.how.value}" if condition.unless else condition.how.value


def condition_of(part: str, how: str, words: str) -> Condition:
    """The other way. words: with commas between, or one pattern."""
    kind = How(how.removeprefix("no_"))
    return Condition(part=Part(part), how=kind, words=(words,), unless=how.startswith("no_"))


def act_words(rule: Rule) -> str:
    """ "mark as read, tag with craft"."""
    words = {
        Act.MUTE: _tr("mark as read"), Act.STAR: _tr("star"), Act.LATER: _tr("read later"),
        Act.FULL_TEXT: _tr("fetch the whole text"), Act.NOTIFY: _tr("tell me"),
        Act.TAG: _tr("tag with %1").replace("%1", ", ".join(rule.tags)),
    }  # fmt: skip
    return ", ".join(words[act] for act in rule.acts if act in words)


def rule_name(rule: Rule) -> str:
    """Its name, or what it looks for."""
    if rule.name:
        return rule.name
    words = "; ".join(", ".join(each.words) for each in rule.conditions)
    return words[:80] or _tr("Every article")


def _tr(text: str) -> str:
    return QCoreApplication.translate("reading_rules", text)
