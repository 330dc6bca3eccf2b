"""What a rule or a smart folder can keep to: a feed, a folder, a tag."""

from __future__ import annotations

from dataclasses import dataclass

from pln.services.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Scopes:
    """feeds: (uid, title) by title. folders: the outer ones of nested folders included. tags: of feeds and articles."""

    feeds: tuple[tuple[str, str], ...]
    folders: tuple[str, ...]
    tags: tuple[str, ...]


def scopes(ctx: Context) -> Scopes:
    with ctx.store.read() as work:
        feeds, tags = work.feeds.everything(), work.rules.known_tags()
    named = ((feed.uid, feed.title or feed.url) for feed in feeds)
    parts = (feed.folder.split("/") for feed in feeds if feed.folder)
    folders = {"/".join(each[: end + 1]) for each in parts for end in range(len(each))}
    return Scopes(
        feeds=tuple(sorted(named, key=lambda each: each[1].casefold())),
        folders=tuple(sorted(folders, key=str.casefold)), tags=tags,
    )  # fmt: skip
