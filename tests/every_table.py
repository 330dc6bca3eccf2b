"""A store with one word of the owner's in every table: for tests that must leave none of them out."""

from __future__ import annotations

from datetime import timedelta

from pln.model.changes import Noun
from pln.model.contact import Handle, HandleKind, Person
from pln.model.feed import Feed, PictureLink
from pln.model.feed_health import FeedAnswer, HostWait
from pln.model.highlight import Highlight
from pln.model.interaction import Interaction, InteractionKind
from pln.model.journal import Entry, Mention
from pln.model.meetup import Meetup, MeetupKind
from pln.model.offline import FullState, FullText
from pln.model.reading_rules import Act, Condition, Rule
from pln.model.share import DestinationKind, ShareDraft, ShareRecord, ShareState
from pln.model.smart_folders import SmartFolder
from pln.model.suggestion import Response, StepKind, Verdict
from pln.model.sync import Link, SyncAccount
from pln.store.articles import Shelf
from pln.store.unit_of_work import Store, Work
from store_fixtures import NOW, TODAY, entry_of

ELSEWHERE = {"journal_home"}
"""Tables that hold nothing but where the journal lies, once it has a file of its own."""


def into_every_table(work: Work, word: str, people: int = 3) -> None:
    """Write the word into every text that a record has; into `people` of them, in long notes."""
    many = (
        Person(
            name=f"{word} {number}", note=f"{word} " * 20, circles=(f"{word} {number % 9}",),
            handles=(Handle(kind=HandleKind.OTHER, value=word),),
        )
        for number in range(people)
    )  # fmt: skip
    who = work.people.add_many(many)[0]
    work.meetups.add(Meetup(kind=MeetupKind.TEA, day=TODAY, people=(who.id,), place=word, notes=f"! {word}"), TODAY)
    feed = work.feeds.add(Feed(url=f"https://example.invalid/{word}", title=word))
    work.articles.take_in(feed.id, [entry_of(word, title=word, html=word, text=word)])
    (article,) = work.articles.ids(Shelf())
    full = FullText(article_id=article, state=FullState.DONE, html=word, text=word, error=word)
    work.full_texts.put(full, [PictureLink(key=word, url=word)])
    _edited_and_buried(work, feed.id, word)
    work.highlights.add(Highlight(article_id=article, quote=word, before=word, after=word, note=word))
    work.fetched.note([FeedAnswer(feed_id=feed.id, at=NOW, outcome="failed", sentence=word)])
    work.fetched.wait_for([HostWait(host=word, until=NOW + timedelta(days=1), sentence=word)], NOW)
    _into_rules(work, word)
    work.interactions.add(
        Interaction(kind=InteractionKind.THANKS, person_id=who.id, day=TODAY - timedelta(days=1), note=word)
    )
    _into_the_journal(work, word, who)
    work.responses.add(Response(key=word, kind=StepKind.DATE, person_id=who.id, verdict=Verdict.LATER, at=NOW))
    account = work.sync.add(SyncAccount(url=word, login=word, error=word))
    work.sync.put(account.id, Noun.FEED, {feed.id: Link(word)})
    work.settings.put(word, word)
    work.kept_pages.put(word, word)


def _edited_and_buried(work: Work, feed: int, word: str) -> None:
    picture = PictureLink(key=word, url=f"https://example.invalid/{word}.png")
    edited = entry_of(word, title=f"{word} {word}", html=word, text=word, pictures=(picture,))
    other = entry_of(f"{word} 2", title=f"{word} 2", html=word, text=word)
    work.articles.take_in(feed, [edited, other])
    work.articles.bury([work.articles.by_guid(feed, other.guid) or 0])


def _into_rules(work: Work, word: str) -> None:
    article = work.rules.newest()
    work.rules.tag([article], word)
    work.rules.put(Rule(name=word, conditions=(Condition(words=(word,)),), acts=(Act.TAG,), tags=(word,)))
    work.smart_folders.put(SmartFolder(name=word, words=word))


def _into_the_journal(work: Work, word: str, who: Person) -> None:
    entry = work.journal.add(Entry(title=word, body=f"{word} #{word}", mentions=(Mention(who.id, word),)))
    work.shares.add_draft(ShareDraft(entry_id=entry.id, title=word, body=word))
    work.shares.log(
        ShareRecord(
            uid="s", entry_id=entry.id, kind=DestinationKind.FILE, state=ShareState.SENT, at=NOW, target=word,
            audience=word, text=word, sha256="", names_kept=(word,), error=word,
        )
    )  # fmt: skip


def assert_every_table_filled(store: Store) -> None:
    with store.read() as work:
        run = work.people.connection.exec_driver_sql
        for table in run("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").scalars():
            if table not in ELSEWHERE:
                assert run(f"SELECT count(*) FROM '{table}'").scalar_one() > 0, f"nothing in {table}"
