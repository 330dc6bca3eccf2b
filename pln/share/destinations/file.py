"""A Markdown file: the smallest step out. Only the person who gives it away decides who reads it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pln.model.errors import PlnError
from pln.model.share import DestinationKind, Rendered, ShareDraft, ShareRecord
from pln.share.destinations.writing import (
    check_unchanged,
    content_of,
    remove,
    remove_leftovers,
    told_plainly,
    write_all,
)
from pln.share.render import FILE_AUDIENCE, render_file


class FileDestination:
    kind = DestinationKind.FILE
    audience = FILE_AUDIENCE

    def render(self, draft: ShareDraft, when: datetime) -> Rendered:
        """One Markdown file. Its name is a proposal; deliver may be given another."""
        return render_file(draft, when)

    def deliver(self, rendered: Rendered, target: Path) -> str:
        """Write the file. target: its path, or the folder to put it in. The answer is the path written.

        Raises PlnError where another file has that name, and for a full or read-only disk.
        """
        check_unchanged(rendered)
        ((name, content),) = rendered.files
        with told_plainly():
            path = target / name if target.is_dir() else target
            there = content_of(path)
            if there is None:
                remove_leftovers(path.parent)
                write_all(path.parent, [(path.name, content)])
            elif there != content:
                raise PlnError("There is a file with that name", "It was left as it is. Choose another name.")
            return str(path)

    def take_back(self, record: ShareRecord, when: datetime) -> str:
        """Delete the file if it still holds what PLN wrote. Raises PlnError where it holds something else."""
        path = Path(record.target)
        with told_plainly():
            there = content_of(path)
            if there is None:
                return "The file is no longer there. Copies that were made of it may remain."
            if there != record.text.encode():
                raise PlnError(
                    "The file was changed", "PLN did not write what is in it now, so it was left. Delete it by hand."
                )
            remove([path])
        return "The file is deleted. Copies that were made of it, and backups of your disk, may remain."
