"""A store full of canaries, a file read past its encryption, and the names of what a locked journal leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from pln.model.contact import Person
from pln.model.journal import Entry, Mention
from pln.model.meetup import Meetup, MeetupKind
from pln.model.share import DestinationKind, ShareDraft, ShareRecord, ShareState
from pln.store.unit_of_work import Store
from pln.store.vault import Slot, VaultFile, dump
from store_fixtures import KEY, NOW, TODAY

OWN_KEY, OWN_SALT = bytes(range(60, 92)), bytes(range(150, 166))
VAULT_ID = "f" * 32
VAULT = dump(VaultFile(id=VAULT_ID, check=bytes(32), slots={"recovery": Slot(nonce=bytes(12), wrapped=bytes(64))}))

# Each begins in its own way: the index keeps of a word only what differs from the word before it.
CANARIES = {
    "title": "aqxtitlexzq", "body": "bqxbodyxzqw", "prompt": "cqxpromptxzq", "mention": "dqxmentionxzq",
    "tag": "eqxtagxzqwv", "draft title": "fqxdrafttitle", "draft": "gqxdraftbody", "shared": "hqxsharedtext",
    "target": "iqxtargetxzq", "audience": "jqxaudiencexq", "kept": "kqxkeptname", "error": "lqxerrorxzq",
    "removed": "mqxremovedxq", "earlier": "nqxearlierxq",
}  # fmt: skip
_TOLD = 4  # letters that the index may have left out

_PAGE, _RESERVE, _FRAME = 4096, 80, 24


def fill_journal(store: Store, many: int = 40) -> dict[str, int]:
    """A journal with every canary in it, and people and a meetup that stay outside; ids by what they are."""
    c = CANARIES
    with store.write("") as work:
        person = work.people.add(Person(name="Ines Okafor", note="grows pears"))
        meetup = work.meetups.add(
            Meetup(kind=MeetupKind.TEA, day=TODAY, people=(person.id,), notes="pears\n[ ] me: send the recipe"), TODAY
        )
        body = f"{c['body']} @{c['mention']} #{c['tag']} pears"
        mention = Mention(person.id, f"@{c['mention']}")
        entry = work.journal.add(Entry(title=c["title"], body=body, prompt=c["prompt"], mentions=(mention,)))
        for number in range(many):  # enough for pages to be split, and for a second level of the index
            work.journal.add(Entry(title=f"{c['title']}{number}", body=f"{c['body']}{number} pears " * 30))
    with store.write("") as work:
        old = work.journal.add(Entry(title="", body=f"{c['earlier']} " * 400))
        work.journal.change(Entry(id=old.id, title="", body="short now"))
        gone = work.journal.add(Entry(title="", body=c["removed"]))
        work.journal.remove(gone.id)
        draft = work.shares.add_draft(ShareDraft(title=c["draft title"], body=c["draft"], entry_id=entry.id))
        work.shares.log(_line(entry.id, draft.id, draft.uid, NOW))
    return {"person": person.id, "meetup": meetup.id, "entry": entry.id, "removed": gone.id, "draft": draft.id}


def _line(entry: int, draft: int, uid: str, at: datetime) -> ShareRecord:
    c = CANARIES
    return ShareRecord(
        uid=uid, kind=DestinationKind.FILE, state=ShareState.SENT, at=at, target=f"/tmp/{c['target']}",
        audience=c["audience"], text=c["shared"], sha256="0", names_kept=(c["kept"],), error=c["error"],
        entry_id=entry, draft_id=draft,
    )  # fmt: skip


def canaries_in(*texts: bytes) -> set[str]:
    """Names of the canaries that stand in any of these bytes, in either case, as UTF-8 or UTF-16."""
    found = set()
    for text in texts:
        low = text.lower()
        for name, word in CANARIES.items():
            part = word[_TOLD:]
            if any(part.encode(code) in low for code in ("utf-8", "utf-16-le")):
                found.add(name)
    return found


def canaries_in_store(path: Path, key: bytes = KEY) -> set[str]:
    """Those in the decrypted pages of a store file and of its log, free pages and all."""
    return canaries_in(*decrypted(path, key))


def decrypted(path: Path, key: bytes) -> Iterator[bytes]:
    """Every page of a store file, then every page of every frame of its log, as they are when decrypted."""
    data = path.read_bytes()
    for start in range(0, len(data), _PAGE):
        yield _page(data[start : start + _PAGE], key, head=16 if start == 0 else 0)
    log = path.with_name(path.name + "-wal")
    frames = log.read_bytes()[32:] if log.exists() else b""
    for start in range(0, len(frames) - _PAGE, _PAGE + _FRAME):
        number = int.from_bytes(frames[start : start + 4], "big")
        page = frames[start + _FRAME : start + _FRAME + _PAGE]
        yield _page(page, key, head=16 if number == 1 else 0)


def _page(page: bytes, key: bytes, *, head: int) -> bytes:
    vector = page[_PAGE - _RESERVE : _PAGE - _RESERVE + 16]
    reader = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return reader.update(page[head : _PAGE - _RESERVE]) + reader.finalize()
