"""A folder of HTML pages with an Atom feed, to keep, to hand on, or to put on a website."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pln.model.errors import PlnError, UsageError
from pln.model.share import DestinationKind, Rendered, ShareDraft, ShareRecord
from pln.share import atom
from pln.share.destinations.manifest import MANIFEST, FolderState, manifest, parse, read_state
from pln.share.destinations.writing import (
    check_unchanged,
    content_of,
    remove,
    remove_leftovers,
    sha256,
    told_plainly,
    write_all,
)
from pln.share.page import SharedPage, index, page
from pln.share.render import as_html, file_name, outgoing, rendered

_INDEX, _FEED = "index.html", "feed.atom"
_RESERVED = frozenset({_INDEX, _FEED, MANIFEST})


class FolderDestination:
    """path: the folder; it is made where it does not exist. title, author: what readers see; author may be empty."""

    kind = DestinationKind.FOLDER
    audience = "Whoever can open this folder, and everyone if you put it on a website."

    def __init__(self, path: Path, title: str = "Notes", author: str = "") -> None:
        self.path = path
        self._title = title
        self._author = author

    def existing(self) -> FolderState:
        """What lies in the folder now, to render against."""
        with told_plainly():
            return read_state(self.path)

    def render(self, draft: ShareDraft, when: datetime, existing: FolderState) -> Rendered:
        """Every file that will be written, the page first. A draft shared before takes its page's place."""
        if when.utcoffset() is None or not draft.uid:
            raise UsageError("The share has no id or no time zone", "Nothing was written.")
        sent = outgoing(draft)
        old = next((known for known in existing.pages if known.uid == draft.uid), None)
        shared = SharedPage(
            uid=draft.uid,
            file=old.file if old else _free_name(sent.title, when, existing.taken | _RESERVED),
            title=sent.title,
            published=old.published if old else _to_the_second(when),
            updated=_to_the_second(when),
            article=as_html(sent),
        )
        pages = (*(known for known in existing.pages if known.uid != draft.uid), shared)
        files = self._files(shared, pages, existing.feed_id or atom.feed_urn(draft.uid), existing, when)
        return rendered(self.kind, self.audience, files)

    def deliver(self, rendered: Rendered, target: Path) -> str:
        """Write the files into the folder; the answer is the path of the page. target: this folder.

        Raises PlnError where the folder changed since it was rendered, or holds such files that PLN did not write.
        """
        check_unchanged(rendered)
        if target != self.path:
            raise UsageError("This is another folder", "Nothing was written. Look at the text once more.")
        with told_plainly():
            self.path.mkdir(parents=True, exist_ok=True)
            root = self.path.resolve(strict=True)
            there = read_state(root)
            _check_current(there, parse(dict(rendered.files)[MANIFEST]))
            _check_ours(root, there, rendered.files)
            remove_leftovers(root)
            write_all(root, [(MANIFEST, _announced(there, rendered.files)), *rendered.files])
        return str(self.path / rendered.files[0][0])

    def take_back(self, record: ShareRecord, when: datetime) -> str:
        """Delete the page, then list and feed without it. Raises PlnError where the page was changed by others."""
        with told_plainly():
            root = self.path.resolve()
            name = Path(record.target).name
            there = read_state(root)
            if not any(known.file == name for known in there.pages):
                return _not_listed(name, there)
            content = content_of(root / name)
            if content is not None and not there.wrote(name, content):
                raise PlnError(
                    "The page was changed", "PLN did not write what is in it now, so it was left. Delete it by hand."
                )
            remove([root / name])
            return self._write_rest(root, there, name, when)

    def _files(
        self, shared: SharedPage | None, pages: tuple[SharedPage, ...], feed_id: str, old: FolderState, when: datetime
    ) -> list[tuple[str, bytes]]:
        feed = atom.feed(pages, feed_id=feed_id, title=self._title, author=self._author, updated=when)
        files = [(shared.file, page(shared, self._title))] if shared else []
        files += [(_INDEX, index(pages, self._title)), (_FEED, feed)]
        kept = {name: hashes for name, hashes in old.written if any(known.file == name for known in pages)}
        written = kept | {name: (sha256(content),) for name, content in files}
        state = FolderState(pages=pages, feed_id=feed_id, written=tuple(sorted(written.items())))
        return [*files, (MANIFEST, manifest(state))]

    def _write_rest(self, root: Path, there: FolderState, gone: str, when: datetime) -> str:
        pages = tuple(known for known in there.pages if known.file != gone)
        changed = [name for name in (_INDEX, _FEED) if not _is_ours(root, there, name)]
        if pages:
            files = [each for each in self._files(None, pages, there.feed_id, there, when) if each[0] not in changed]
            write_all(root, [(MANIFEST, _announced(there, files)), *files])
        else:
            remove(root / name for name in (_INDEX, _FEED, MANIFEST) if name not in changed)
        by_hand = "".join(f" {name} was changed by hand and may still mention it." for name in changed)
        return f"The page is deleted from the folder.{by_hand} {_REMAINS}"


_REMAINS = "If the folder is on a website, bring that up to date too. Copies that readers made may remain."


def _not_listed(name: str, there: FolderState) -> str:
    if name in there.taken:
        raise PlnError("PLN did not write this page", "It was left as it is. Delete it by hand if you like.")
    return f"The page is no longer in the folder. {_REMAINS}"


def _free_name(title: str, when: datetime, taken: frozenset[str]) -> str:
    first = file_name(title, when, ".html")
    names = (first, *(file_name(f"{title} {number}", when, ".html") for number in range(2, 10_000)))
    return next(name for name in names if name not in taken)


def _to_the_second(when: datetime) -> datetime:
    """World time: the offset of the writer's clock tells where they are."""
    return when.astimezone(UTC).replace(microsecond=0)


def _check_current(there: FolderState, planned: FolderState) -> None:
    """The preview listed the pages that are in the folder, and one more or one newer."""
    known = {replace(each, article="") for each in there.pages}
    new = [each for each in planned.pages if each not in known]
    missing = {each.uid for each in there.pages} - {each.uid for each in planned.pages}
    if missing or len(new) > 1:
        raise PlnError(
            "The folder has changed since you looked", "Nothing was written. Look at what will be shared once more."
        )


def _check_ours(root: Path, there: FolderState, files: Sequence[tuple[str, bytes]]) -> None:
    for name, content in files:
        if Path(name).name != name or name.startswith("."):
            raise UsageError("A file name leads out of the folder", "Nothing was written.")
        found = content_of(root / name)
        if name != MANIFEST and found is not None and found != content and not there.wrote(name, found):
            raise PlnError(
                "There is a file that PLN did not write",
                f"{name} in this folder is not PLN's or was changed. Nothing was written. Choose another folder.",
            )


def _is_ours(root: Path, there: FolderState, name: str) -> bool:
    content = content_of(root / name)
    return content is None or there.wrote(name, content)


def _announced(there: FolderState, files: Sequence[tuple[str, bytes]]) -> bytes:
    """The list as it must stand while files are being replaced: old and new content are both PLN's."""
    written = dict(there.written)
    for name, content in files:
        if name != MANIFEST:
            written[name] = tuple(dict.fromkeys((*written.get(name, ()), sha256(content))))
    return manifest(replace(there, written=tuple(sorted(written.items()))))
