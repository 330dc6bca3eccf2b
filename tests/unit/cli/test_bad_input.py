"""Whatever is wrong outside is told in one sentence, with the right exit code, and nothing stored is touched."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from architecture.source_tree import ROOT

from .conftest import Pln, Ran
from .files import VCARD, lay

MEGABYTE = 1024 * 1024
NOISE = bytes(range(256)) * 400


@pytest.fixture
def kept(pln: Pln, home: Path) -> Pln:
    """A profile with something in it."""
    lay(home)
    assert pln("import contacts.vcf calendar.ics").code == 1  # one card has no name
    assert pln("journal", "add", "--title", "Mine", "words").code == 0
    return pln


def told_once(ran: Ran, code: int) -> None:
    assert ran.code == code, ran.out + ran.err
    assert ran.out == ""
    assert ran.err.count("\n") == 1 and 20 < len(ran.err) < 500, ran.err
    assert "Traceback" not in ran.err and "None" not in ran.err


def everything(pln: Pln, home: Path) -> str:
    """All records, to see that none was touched."""
    assert pln("export --plain look").code == 0
    text = (home / "look" / "pln.json").read_text("utf-8")
    shutil.rmtree(home / "look")
    return text


# Files that cannot be imported ---------------------------------------------------------------------------------------

FILES = {
    "empty.vcf": b"",
    "blank.csv": b" \r\n\t\n",
    "noise.vcf": NOISE,
    "picture.csv": b"\x89PNG\r\n\x1a\n" + NOISE,
    "sheet.csv": b"PK\x03\x04" + NOISE,
    "letter.csv": b"%PDF-1.7\n" + NOISE,
    "nuls.vcf": b"\0" * 5000,
    "prose.txt": b"Dear Anna,\nit was good to see you.\n",
    "web.opml": b"<html><body>No feeds here, but an <opml> is named</body></html>",
    "cut.opml": b'<?xml version="1.0"?><opml version="2.0"><body><outline text="a" xmlUrl="https://example.org',
    "laughs.opml": b'<?xml version="1.0"?><!DOCTYPE o [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><opml>&b;</opml>',
    "cut.ics": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n",
    "none.ics": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_what_it_says(kept: Pln, home: Path, name: str):
    before = everything(kept, home)
    (home / name).write_bytes(FILES[name])
    told_once(kept("import", name), 3)
    told_once(kept("import", name, "--dry-run"), 3)
    assert everything(kept, home) == before


def test_a_table_with_nobody_in_it_says_so(pln: Pln, home: Path):
    (home / "heading.csv").write_text("First Name,Last Name,Company\n")
    ran = pln("import heading.csv")
    assert ran.code == 0 and "nobody in this file" in ran.out


def test_a_card_that_is_cut_off_gives_what_is_there_and_says_so(pln: Pln, home: Path):
    (home / "cut.vcf").write_text(VCARD[: VCARD.index("TITLE")])
    (told,) = pln("import cut.vcf --json").data["files"]
    assert told["added"] == {"people": 2}
    assert "no end" in told["warnings"][0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32", "cp1252"])
def test_other_encodings_are_read(pln: Pln, home: Path, encoding: str):
    (home / "people.vcf").write_bytes(VCARD.replace("Elin Moe", "Élin Mö").encode(encoding))
    pln("import people.vcf")
    assert pln("person show Élin --json").data["name"] == "Élin Mö"


def test_nuls_in_a_file_are_left_out_and_told(pln: Pln, home: Path):
    (home / "people.vcf").write_bytes(VCARD.encode().replace(b"Elin", b"El\0in"))
    (told,) = pln("import people.vcf --json").data["files"]
    assert told["added"] == {"people": 2} and "NUL" in told["warnings"][0]


@pytest.mark.parametrize("head", [VCARD, "BEGIN:VCALENDAR\n", "First Name,Last Name,Company\n", "<opml>"])
def test_a_hundred_megabytes_are_refused_without_being_read(kept: Pln, home: Path, head: str):
    before = everything(kept, home)
    with (home / "huge.vcf").open("wb") as file:
        file.write(head.encode())
        file.truncate(100 * MEGABYTE)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ran = kept("import huge.vcf")
    told_once(ran, 3)
    assert "too large" in ran.err
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used < 80 * 1024
    assert everything(kept, home) == before


def test_a_folder_that_is_no_export(kept: Pln, home: Path):
    (home / "folder").mkdir()
    told_once(kept("import folder"), 3)
    (home / "folder" / "pln.json").write_text("{}")
    told_once(kept("import folder"), 3)


def test_what_is_neither_file_nor_folder_is_not_waited_for(kept: Pln, home: Path):
    os.mkfifo(home / "pipe")
    told_once(kept("import pipe"), 2)


def test_a_file_that_may_not_be_read(kept: Pln, home: Path):
    (home / "mine.vcf").write_text(VCARD)
    (home / "mine.vcf").chmod(0)
    if os.access(home / "mine.vcf", os.R_OK):
        pytest.skip("this user may read everything")
    told_once(kept("import mine.vcf"), 3)


# Passphrases and stores ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [b"correct horse", b" correct horse  x", "correct hörse".encode("latin-1"), b"", b"\n"]
)
def test_a_wrong_passphrase_opens_nothing(kept: Pln, home: Path, words: bytes):
    right = (home / "words").read_bytes()
    before = fingerprint(home / "profile")
    (home / "words").write_bytes(words)
    ran = kept("person list")
    told_once(ran, 3 if words.startswith((b"correct horse", b" correct")) else 2)
    assert "correct" not in ran.err
    assert fingerprint(home / "profile") == before
    (home / "words").write_bytes(right)
    assert kept("person list").code == 0


def test_a_passphrase_file_that_is_not_there(kept: Pln, home: Path):
    (home / "words").unlink()
    told_once(kept("person list"), 2)
    (home / "words").mkdir()
    told_once(kept("person list"), 2)


def test_a_new_passphrase_that_is_too_short(pln: Pln, home: Path):
    (home / "words").write_text("short\n")
    told_once(pln("person list", profile="new"), 2)


def test_a_plain_database_in_the_place_of_the_store(kept: Pln, home: Path):
    store = home / "profile" / "store.db"
    store.unlink()
    with sqlite3.connect(store) as plain:
        plain.execute("CREATE TABLE person (id INTEGER PRIMARY KEY)")
    plain.close()
    before = fingerprint(home / "profile")
    told_once(kept("person list"), 3)
    assert fingerprint(home / "profile") == before


@pytest.mark.parametrize("damage", ["empty", "cut", "noise", "missing", "vault empty", "vault missing", "vault noise"])
def test_a_damaged_profile_is_left_as_it_is(kept: Pln, home: Path, damage: str):
    path = home / "profile" / ("vault.json" if damage.startswith("vault") else "store.db")
    data = path.read_bytes()
    if damage.endswith("missing"):
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "cut": data[:5000], "noise": NOISE}[damage.removeprefix("vault ")])
    before = fingerprint(home / "profile")
    for line in ("person list", "person add Zoe", "check"):
        told_once(kept(line), 3)
    assert fingerprint(home / "profile") == before


def test_a_store_of_a_newer_version(kept: Pln, home: Path):
    from pln.services.vault import open_vault
    from pln.store.connection import connect
    from pln.system.paths import Profile
    from pln.system.secrets import NoSecrets

    from .conftest import WORDS

    key = open_vault(Profile(home / "profile"), NoSecrets(), lambda: WORDS).key
    connection = connect(home / "profile" / "store.db", key.key, key.salt)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = fingerprint(home / "profile")
    ran = kept("person list")
    told_once(ran, 3)
    assert "newer" in ran.err.lower()
    assert fingerprint(home / "profile") == before


def test_a_profile_that_is_open_elsewhere(kept: Pln, home: Path):
    from pln.system.instance import acquire
    from pln.system.paths import Profile

    with acquire(Profile(home / "profile")):
        told_once(kept("person list"), 3)
    assert kept("person list").code == 0


def test_a_profile_that_is_a_file(kept: Pln, home: Path):
    told_once(kept("person list", profile="contacts.vcf"), 3)


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file with its content; the lock and what a reader lays beside a store aside."""
    ignored = ("pln.lock", ".beginning", "store.db-shm", "store.db-wal")
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ignored
    }


# The disk ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(home: Path) -> Iterator[Path]:
    """A disk of 3 MB, where this user may mount one."""
    place = home / "small"
    place.mkdir()
    mounted = shutil.which("mount") is not None and not _call("mount", "-t", "tmpfs", "-o", "size=3m", "none", place)
    if not mounted:
        pytest.skip("this user may not mount a small disk")
    yield place
    _call("umount", "-l", place)


def _call(*command: str | Path) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_a_full_disk_under_the_store(pln: Pln, home: Path, small_disk: Path):
    shutil.copytree(home / "profile", small_disk / "profile")
    profile = str(small_disk / "profile")
    assert pln("person add Kept", profile=profile).code == 0
    (home / "many.vcf").write_text(
        "".join(f"BEGIN:VCARD\nVERSION:3.0\nFN:Person {n}\nNOTE:{'x' * 600}\nEND:VCARD\n" for n in range(5000))
    )
    told_once(pln("import many.vcf", profile=profile), 3)  # no room for a backup before
    told_once(pln("import many.vcf --without-backup", profile=profile), 3)
    (small_disk / "filler").write_bytes(b"x" * 100)
    assert [row["name"] for row in pln("person list --json", profile=profile).data["people"]] == ["Kept"]
    assert pln("check", profile=profile).code in (0, 1)  # it may say that the disk is small


def test_a_full_disk_under_an_export_or_a_backup(pln: Pln, home: Path, small_disk: Path):
    (home / "long.txt").write_text("word " * 1_000_000)
    assert pln("meetup add --with Anna --new --notes-file long.txt").code == 0
    told_once(pln(f"export --plain {small_disk}/out"), 3)
    told_once(pln(f"backup {small_disk}/all.plnbackup"), 3)
    assert list(small_disk.iterdir()) == []


def test_a_folder_that_may_not_be_written(pln: Pln, home: Path):
    locked = home / "locked"
    locked.mkdir(mode=0o500)
    if os.access(locked, os.W_OK):
        pytest.skip("this user may write everywhere")
    told_once(pln("export --plain locked/out"), 3)
    told_once(pln("backup locked/all.plnbackup"), 3)
    told_once(pln("person list", profile="locked/profile"), 3)


def test_a_system_folder_may_not_be_written_by_anybody(pln: Pln):
    place = Path("/proc/self")
    if not place.is_dir():
        pytest.skip("there is no such folder on this system")
    told_once(pln(f"export --plain {place}/out"), 3)
    told_once(pln(f"backup {place}/all.plnbackup"), 3)
    told_once(pln("person list", profile=f"{place}/profile"), 3)


# As a program of its own ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["import", "noise.vcf"], 3),
        (["person", "show", "Nobody"], 2),
        (["nonsense"], 2),
        (["import", "contacts.vcf"], 1),
        (["person", "list"], 0),
    ],
)
def test_the_program_itself_ends_with_the_code(pln: Pln, home: Path, words: list[str], code: int):
    lay(home)
    (home / "noise.vcf").write_bytes(NOISE)
    command = [sys.executable, "-m", "pln", *words, "--profile", "profile", "--passphrase-file", "words"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    ran = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == code, ran.stderr
    assert "Traceback" not in ran.stderr and ran.stderr.count("\n") == (1 if code > 1 else 0)
