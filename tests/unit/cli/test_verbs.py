"""What single verbs do with names, days, texts, folders and stops."""

from __future__ import annotations

import io
import json
import os
import signal
import stat
import zipfile
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from pln.cli.progress import progress
from pln.cli.terminal import harmless, records, table, width

from .conftest import TODAY, Pln
from .files import CALENDAR, LINKEDIN, OPML, VCARD, lay

# Names ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def crowd(pln: Pln) -> Pln:
    for name in ("Anna Lindqvist", "Anna Berg", "Ágnes Kovács", "Annabel Roy", "陈伟"):
        assert pln("person", "add", name).code == 0
    return pln


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("anna lindqvist", "Anna Lindqvist"),
        ("berg", "Anna Berg"),
        ("agnes", "Ágnes Kovács"),
        ("annabel", "Annabel Roy"),
        ("陈伟", "陈伟"),
        ("#2", "Anna Berg"),
    ],
)
def test_a_name_or_a_part_that_one_person_has(crowd: Pln, typed: str, meant: str):
    assert crowd("person", "show", typed, "--json").data["name"] == meant


def test_a_name_that_several_have_names_them(crowd: Pln):
    ran = crowd("person", "show", "Anna")
    assert ran.code == 2
    assert "Anna Lindqvist (#1)" in ran.err and "Anna Berg (#2)" in ran.err and "Annabel" not in ran.err


@pytest.mark.parametrize("typed", ["Nobody", "#99", "#", " "])
def test_a_name_that_nobody_has(crowd: Pln, typed: str):
    ran = crowd("person", "show", typed)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1


def test_an_unknown_person_is_added_only_where_that_was_said(crowd: Pln):
    assert crowd("meetup add --with Zoe").code == 2
    assert crowd("meetup list --json").data["past"] == []
    assert crowd("meetup add --with Zoe berg --new --json").data["new_people"] == ["Zoe"]
    assert crowd("meetup list --json").data["past"][0]["names"] == ["Zoe", "Anna Berg"]


def test_a_doubtful_name_adds_nobody_even_where_new_people_are_welcome(crowd: Pln):
    assert crowd("meetup add --with Zoe Anna --new").code == 2
    assert [row["name"] for row in crowd("person list --json").data["people"] if row["name"] == "Zoe"] == []


# Meetups and entries -------------------------------------------------------------------------------------------------


def test_the_four_marks_become_records(crowd: Pln, home: Path):
    (home / "notes.txt").write_text("It was good.\n[ ] me: send it\n[x] Anna: the name\n! begin\n? how\n", "utf-8-sig")
    ran = crowd("meetup add --with #1 --notes-file notes.txt --json")
    kinds = [(mark["kind"], mark["state"]) for mark in ran.data["marks"]]
    assert kinds == [("mine", "open"), ("theirs", "done"), ("lesson", "open"), ("question", "open")]


def test_notes_and_entries_come_from_standard_input(crowd: Pln, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"[ ] me: send it\r\n")))
    assert crowd("meetup add --with #1 --notes-file - --json").data["marks"][0]["text"] == "send it"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Thinking of @ágnes kovács, #slowly.".encode())))
    ran = crowd("journal add --json").data
    assert ran["names"] == ["ágnes kovács"] and ran["tags"] == ["slowly"]


def test_a_day_that_is_yet_to_come_is_planned(crowd: Pln):
    assert crowd("meetup add --with #1 --day tomorrow --json").data["state"] == "planned"
    assert crowd("meetup add --with #1 --day yesterday --json").data["state"] == "happened"
    (anna,) = crowd("person list lindqvist --json").data["people"]
    assert (anna["last_contact"], anna["next_meetup"]) == ("2026-11-21", "2026-11-23")


@pytest.mark.parametrize(
    "line",
    [
        "meetup add --with #1 --day 2026-02-30",
        "meetup add --with #1 --at 25:00",
        "meetup add --with #1 --minutes 0",
        "meetup add --with #1 --kind banquet",
        "meetup add --with #1 --notes a --notes-file b",
        "meetup add --with #1 --notes-file absent.txt",
        "meetup add",
        "journal add ' '",
        "person add ' '",
        "today --date soon",
        "screens out --size 10x10",
        "import absent.vcf",
        "nonsense",
        "person",
    ],
)
def test_wrong_use_is_told_in_one_sentence(crowd: Pln, line: str):
    ran = crowd(line)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1 and "Traceback" not in ran.err


def test_faults_are_told_as_json_too(pln: Pln):
    ran = pln("person", "show", "Nobody", "--json")
    assert ran.data["error"]["title"] == "Nobody of this name"
    assert ran.err


# Today ---------------------------------------------------------------------------------------------------------------


def test_today_is_told_for_any_day_without_the_system_clock(pln: Pln, monkeypatch: pytest.MonkeyPatch):
    pln("person", "add", "Anna Lindqvist")
    pln("meetup", "add", "--with", "Anna", "--day", "2026-11-12", "--notes", "[ ] me: send the studio paper")

    def no_clock() -> None:
        raise AssertionError("the system clock was asked")

    monkeypatch.setattr("pln.cli.session.SystemClock", no_clock)
    first = pln("today --date 2026-11-22 --json").data
    assert first["day"] == "2026-11-22"
    assert first["steps"][0]["title"] == "Send Anna the paper you promised"
    assert first == pln("today --date 2026-11-22 --json").data
    assert pln("today --date 2031-01-05 --json").data["day"] == "2031-01-05"


def test_energy_is_for_this_once(pln: Pln):
    assert pln("today --energy open --json").data["energy"] == "open"
    assert pln("today --json").data["energy"] == "steady"


# Import and export ---------------------------------------------------------------------------------------------------


def test_files_are_told_apart_by_what_stands_in_them(pln: Pln, home: Path):
    for name, text in (("a.txt", VCARD), ("b.vcf", LINKEDIN), ("c.csv", OPML), ("d.dat", CALENDAR)):
        (home / name).write_text(text, "utf-8")
    told = pln("import a.txt b.vcf c.csv d.dat --json").data["files"]
    assert [each["format"] for each in told] == [
        "vCard 3.0", "LinkedIn connections", "list of feeds (OPML)", "calendar",
    ]  # fmt: skip
    assert [each["added"] for each in told] == [{"people": 2}, {"people": 1}, {"feeds": 1}, {"meetups": 1}]


def test_a_second_import_adds_nothing(pln: Pln, home: Path):
    lay(home)
    pln("import contacts.vcf connections.csv feeds.opml calendar.ics")
    before = pln("export --plain first --json").data["counts"]
    told = pln("import contacts.vcf connections.csv feeds.opml calendar.ics --json").data["files"]
    assert [(sum(each["added"].values()), each["merged"]) for each in told] == [(0, 0)] * 4
    assert [sum(each["here"].values()) for each in told] == [2, 2, 1, 1]
    assert pln("export --plain second --json").data["counts"] == before


def test_a_dry_run_writes_nothing(pln: Pln, home: Path):
    lay(home)
    ran = pln("import contacts.vcf feeds.opml --dry-run")
    assert "Elin Moe" in ran.out and "2 people to add" in ran.out
    assert pln("person list --json").data["people"] == [] and pln("feeds list --json").data["feeds"] == []
    pln("import contacts.vcf")
    pln("export --plain out")
    assert pln("import out --dry-run --json", profile="other").data["files"][0]["added"]["people"] == 2
    assert pln("person list --json", profile="other").data["people"] == []


def test_one_bad_file_does_not_stop_the_others(pln: Pln, home: Path):
    lay(home)
    (home / "bad.vcf").write_bytes(b"")
    ran = pln("import bad.vcf connections.csv --json")
    assert ran.code == 1
    bad, good = ran.data["files"]
    assert "empty" in bad["error"] and good["added"] == {"people": 2}


def test_an_export_is_for_its_owner_alone_and_says_that_it_is_plain(pln: Pln, home: Path):
    pln("person", "add", "Anna Lindqvist", "--note", "between us")
    pln("journal", "add", "--title", "A day/with: strange? 名", "words")
    ran = pln("export --plain out")
    assert ran.code == 0 and "not encrypted" in ran.out
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [home / "out", *(home / "out").rglob("*")]}
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items())
    assert "not encrypted" in (home / "out" / "README.txt").read_text()
    (entry,) = (home / "out" / "journal").iterdir()
    assert entry.name.startswith("2026-11-22-a-day-with-strange-名-") and "words" in entry.read_text("utf-8")


def test_nothing_is_exported_before_the_word_is_said(pln: Pln, home: Path):
    pln("journal", "add", "--title", "First", "x")
    ran = pln("export out")
    assert ran.code == 2 and ran.out == "" and ran.err.count("\n") == 1
    assert "not encrypted" in ran.err and "journal" in ran.err and "--plain" in ran.err
    assert not (home / "out").exists()
    assert pln("export out --force").code == 2 and pln("export --plain out").code == 0


def test_an_export_replaces_an_earlier_one_and_nothing_else(pln: Pln, home: Path):
    pln("journal", "add", "--title", "First", "x")
    assert pln("export --plain out").code == 0
    assert pln("export --plain out").code == 0  # an earlier export
    (home / "empty").mkdir()
    assert pln("export --plain empty").code == 0
    (home / "out" / "mine.txt").write_text("mine")
    assert pln("export --plain out").code == 2
    assert pln("export --plain out --force").code == 0
    assert (home / "out" / "mine.txt").read_text() == "mine"
    (home / "file").write_text("x")
    assert pln("export --plain file").code == 2 and (home / "file").read_text() == "x"
    assert pln("export --plain absent/out").code == 2
    assert not [path for path in home.iterdir() if path.name.startswith(".")]


def test_nothing_is_exported_or_backed_up_from_a_profile_that_is_not_there(pln: Pln, home: Path):
    for line in ("export --plain out", "backup out.plnbackup"):
        assert pln(line, profile="typo").code == 2
    assert not (home / "typo").exists() and not (home / "out").exists()


def test_a_backup_is_not_written_over(pln: Pln, home: Path):
    assert pln("backup a.plnbackup").code == 0
    assert pln("backup a.plnbackup").code == 3
    assert pln("backup a.plnbackup --over --json").data["counts"]["person"] == 0


def test_a_backup_comes_back_into_a_new_profile(pln: Pln, home: Path):
    pln("person", "add", "Ines Okafor")
    assert pln("backup a.plnbackup").code == 0
    assert "1 person" in pln("restore a.plnbackup", profile="new").out
    assert [row["name"] for row in pln("person list --json", profile="new").data["people"]] == ["Ines Okafor"]
    assert "pln restore" in pln("import a.plnbackup", profile="none").err and not (home / "none").exists()
    (home / "words").write_text("not the passphrase")
    assert pln("restore a.plnbackup", profile="other").code == 3
    assert not (home / "other" / "store.db").exists()


def test_a_store_in_use_is_kept_when_a_backup_comes_back_over_it(pln: Pln, home: Path):
    pln("person", "add", "Ines Okafor")
    assert pln("backup").code == 0
    pln("person", "add", "Bilal Roux")
    store = (home / "profile" / "store.db").read_bytes()
    ran = pln("restore --latest --json")
    assert (ran.code, ran.data["counts"]["person"]) == (0, 1)
    assert [row["name"] for row in pln("person list --json").data["people"]] == ["Ines Okafor"]
    assert (Path(ran.data["earlier"]) / "store.db").read_bytes() == store
    assert "set-aside" in pln("restore", ran.data["file"]).out
    assert (Path(ran.data["earlier"]) / "store.db").read_bytes() == store
    (home / "words").write_text("not the passphrase")
    before = (home / "profile" / "store.db").read_bytes()
    assert pln("restore --latest").code == 3
    assert (home / "profile" / "store.db").read_bytes() == before


def test_the_latest_backup_is_the_newest_that_is_whole(pln: Pln, home: Path):
    pln("person", "add", "Ines Okafor")
    for _ in range(2):
        assert pln("backup").code == 0
    listed = [Path(each["file"]) for each in pln("backup --list --json").data["backups"]]
    assert len(listed) == 2
    data = bytearray(listed[0].read_bytes())
    data[len(data) // 2] ^= 1
    listed[0].write_bytes(data)
    assert pln("restore --latest --json").data["file"] == str(listed[1])
    assert pln("restore --latest", profile="new").code == 2
    assert pln("restore").code == 2 and pln("restore a --latest").code == 2
    assert pln("backup --list --over").code == 2 and pln("backup --over").code == 2


def test_a_newer_backup_that_other_words_open_is_passed_over_and_told(pln: Pln, home: Path):
    pln("person", "add", "Ines Okafor")
    good = pln("backup --json").data["file"]
    pln("backup")
    foreign = next(path for path in (home / "profile" / "backups").glob("*.plnbackup") if str(path) != good)
    with zipfile.ZipFile(good) as whole, zipfile.ZipFile(foreign, "w") as made:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "vault.json":
                told = json.loads(data)
                for slot in told["slots"].values():
                    slot["wrapped"] = b64encode(bytes(64)).decode()
                data = json.dumps(told).encode()
            if name == "manifest.json":
                data = json.dumps({**json.loads(data), "made": f"{TODAY + timedelta(days=1)}T08:00:00+00:00"}).encode()
            made.writestr(name, data)
    ran = pln("restore --latest")
    assert ran.code == 0 and f"{foreign.name}, was passed over: The passphrase does not fit." in ran.out
    assert pln("restore", str(foreign)).code == 3


def test_before_an_import_there_is_one_backup_of_what_was_there(pln: Pln, home: Path, monkeypatch: pytest.MonkeyPatch):
    (home / "a.csv").write_text("First Name,Last Name\nInes,Okafor\n")
    (home / "b.csv").write_text("First Name,Last Name\nBilal,Roux\n")
    pln("person", "add", "Odile Farrant")
    assert pln("import a.csv b.csv --dry-run").code == 0
    assert pln("backup --list --json").data["backups"] == []
    assert pln("import a.csv b.csv").code == 0
    (made,) = pln("backup --list --json").data["backups"]
    assert (made["why"], made["counts"]["person"]) == ("before-import", 1)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=0))
    refused = pln("import a.csv b.csv")
    assert (refused.code, "Nothing was changed" in refused.err) == (3, True)
    assert pln("import a.csv b.csv --without-backup").code == 0
    assert len(pln("backup --list --json").data["backups"]) == 1


def test_a_backup_never_takes_the_place_of_the_store(pln: Pln, home: Path):
    before = (home / "profile" / "store.db").read_bytes()
    for target in ("profile/store.db", "profile/vault.json", "profile", "''"):
        assert pln(f"backup {target} --over").code == 2
    assert (home / "profile" / "store.db").read_bytes() == before


# Terminal ------------------------------------------------------------------------------------------------------------


def test_text_from_outside_cannot_command_the_terminal(pln: Pln):
    pln("person", "add", "Eve \x1b]0;title\x07\x9b31m\u202eX")
    ran = pln("person list")
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(ran.out)
    ran = pln("person list --json")
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(ran.out)
    assert "\u202e" in json.loads(ran.out)["people"][0]["name"]
    assert harmless("a\tb\n") == "a\tb\n"


def test_columns_are_aligned_in_every_script():
    lines = table([("#1", "陈伟", "x"), ("#12", "Ágnes", "y"), ("#3", "é", "z")])
    assert len({width(line[: line.index(letter)]) for line, letter in zip(lines, "xyz", strict=True)}) == 1


def test_numbers_of_records_are_spoken():
    assert records({"people": 1, "meetups": 2, "entries": 1, "feeds": 0}) == "1 person, 2 meetups, 1 journal entry"
    told = records({"person": 40, "circle": 6, "mark": 1, "entry": 27})  # as a backup names the kinds
    assert told == "40 people, 6 circles, 1 mark, 27 journal entries"


def test_a_reader_that_goes_away_is_no_fault(pln: Pln, home: Path):
    import subprocess
    import sys

    command = [sys.executable, "-m", "pln", "person", "list", "--profile", "profile", "--passphrase-file", "words"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=home, env=_environment()) as ran:
        assert ran.stdout is not None and ran.stderr is not None
        ran.stdout.close()
        assert ran.stderr.read() == b""
        assert ran.wait() == 0


def _environment() -> dict[str, str]:
    from architecture.source_tree import ROOT

    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_ctrl_c_asks_once_and_ends_at_the_second():
    with progress("x") as shown:
        signal.raise_signal(signal.SIGINT)
        assert shown.cancelled()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_a_stopped_import_keeps_nothing_and_says_so(pln: Pln, home: Path, monkeypatch: pytest.MonkeyPatch):
    lay(home)
    monkeypatch.setattr("pln.cli.progress.Progress.cancelled", lambda self: True)
    ran = pln("import contacts.vcf")
    assert ran.code == 1 and "Nothing of this import was kept" in ran.err
    monkeypatch.undo()
    os.chdir(home)
    assert pln("person list --json").data["people"] == []
