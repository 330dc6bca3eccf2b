"""The tables. Their SQL as it first stood, and every change since, is in migrations/; a test compares the two.

`removed_at` marks what the owner removed: it is out of every list and of the search, and comes back whole on undo.
Ids are never used twice (AUTOINCREMENT): an answer to "promise:17" must not fall on a later promise.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, UniqueConstraint

from pln.store.column_types import Attachments, CleanText, Day, Instant, PartialDay, WallTime, Words

metadata = MetaData()


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _uid() -> Column[str]:
    return Column("uid", CleanText, nullable=False, unique=True)


def _text(name: str) -> Column[str]:
    return Column(name, CleanText, nullable=False, server_default="")


person = Table(
    "person", metadata, _id(), _uid(),
    Column("name", CleanText, nullable=False),
    *(_text(name) for name in ("given", "family", "nickname", "pronouns", "org", "role", "place")),
    Column("birthday", PartialDay),
    *(_text(name) for name in ("note", "how_met", "met_on")),
    Column("introduced_by", Integer, ForeignKey("person.id", ondelete="SET NULL")),
    Column("naming", CleanText, nullable=False, server_default="ask"),
    Column("rhythm_wish", CleanText, nullable=False, server_default="unset"),
    Column("paused_until", Day),
    *(Column(name, Words, nullable=False, server_default="[]") for name in ("interests", "asks", "offers", "extra")),
    _text("source"),
    Column("created", Instant, nullable=False),
    _text("folded"),
    Column("removed_at", Instant),
    sqlite_autoincrement=True,
)  # fmt: skip

# Every typed letter looks through all names: they lie together here, beside a tenth of what else is known of people.
Index("ix_person_found", person.c.folded, person.c.id, sqlite_where=person.c.removed_at.is_(None))

circle = Table(
    "circle", metadata, _id(), _uid(), Column("name", CleanText(collation="NOCASE"), nullable=False, unique=True),
    sqlite_autoincrement=True,
)  # fmt: skip

person_circle = Table(
    "person_circle", metadata,
    Column("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("circle_id", Integer, ForeignKey("circle.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)  # fmt: skip

handle = Table(
    "handle", metadata, _id(),
    Column("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("kind", CleanText, nullable=False),
    Column("value", CleanText, nullable=False),
    _text("label"),
    sqlite_autoincrement=True,
)  # fmt: skip

meetup = Table(
    "meetup", metadata, _id(), _uid(),
    Column("kind", CleanText, nullable=False),
    Column("state", CleanText, nullable=False),
    Column("day", Day, nullable=False, index=True),
    Column("at", WallTime),
    Column("minutes", Integer),
    _text("place"), _text("notes"),
    Column("created", Instant, nullable=False),
    Column("removed_at", Instant),
    sqlite_autoincrement=True,
)  # fmt: skip

meetup_person = Table(
    "meetup_person", metadata,
    Column("meetup_id", Integer, ForeignKey("meetup.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)  # fmt: skip

mark = Table(
    "mark", metadata, _id(), _uid(),
    Column("meetup_id", Integer, ForeignKey("meetup.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id", ondelete="SET NULL"), index=True),
    _text("who"),
    Column("state", CleanText, nullable=False),
    Column("made_on", Day, nullable=False),
    Column("closed_on", Day),
    Column("line", Integer, nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip

feed = Table(
    "feed", metadata, _id(), _uid(),
    Column("url", CleanText, nullable=False, unique=True),
    *(_text(name) for name in ("title", "site_url", "folder")),
    Column("person_id", Integer, ForeignKey("person.id", ondelete="SET NULL"), index=True),
    Column("state", CleanText, nullable=False, server_default="active"),
    *(_text(name) for name in ("etag", "last_modified", "body_hash")),
    Column("checked", Instant), Column("next_check", Instant),
    _text("error"),
    Column("error_count", Integer, nullable=False, server_default="0"),
    Column("added", Instant, nullable=False),
    Column("removed_at", Instant),
    Column("interval_minutes", Integer), Column("ttl_minutes", Integer),
    Column("validators_since", Instant),
    _text("moving_to"), Column("moving_since", Instant),
    _text("login"),
    *(Column(name, Integer, nullable=False, server_default="0") for name in ("full_text", "notify")),
    Column("pictures", Integer, nullable=False, server_default="1"),
    Column("keep_days", Integer), Column("keep_count", Integer),
    Column("tags", Words, nullable=False, server_default="[]"),
    sqlite_autoincrement=True,
)  # fmt: skip

article = Table(
    "article", metadata, _id(), _uid(),
    Column("feed_id", Integer, ForeignKey("feed.id", ondelete="CASCADE"), nullable=False),
    Column("guid", CleanText, nullable=False),
    *(_text(name) for name in ("url", "title", "author")),
    Column("published", Instant), Column("received", Instant, nullable=False),
    Column("sort_at", Instant, nullable=False),
    Column("read_at", Instant), Column("starred_at", Instant),
    _text("content_hash"),
    _text("link_key"),
    Column("twin_of", Integer),
    Column("later_at", Instant),
    *(Column(name, Integer, nullable=False, server_default="0") for name in ("read_to", "words")),
    Column("edited_at", Instant),
    Column("attached", Attachments, nullable=False, server_default="[]"),
    Column("removed_at", Instant),
    UniqueConstraint("feed_id", "guid"),
    sqlite_autoincrement=True,
)  # fmt: skip
# What the lists ask for lies in these three, so that a hundred thousand articles need not be read for it.
Index(
    "ix_article_listed", article.c.sort_at, article.c.id, article.c.feed_id, article.c.read_at,
    sqlite_where=article.c.removed_at.is_(None) & article.c.twin_of.is_(None),
)  # fmt: skip
Index(
    "ix_article_of_feed", article.c.feed_id, article.c.sort_at, article.c.id, article.c.read_at,
    sqlite_where=article.c.removed_at.is_(None),
)  # fmt: skip
Index(
    "ix_article_unread", article.c.feed_id, article.c.twin_of,
    sqlite_where=article.c.read_at.is_(None) & article.c.removed_at.is_(None),
)  # fmt: skip
Index("ix_article_starred", article.c.starred_at, sqlite_where=article.c.starred_at.is_not(None))
Index("ix_article_link", article.c.link_key, sqlite_where=article.c.link_key != "")
Index("ix_article_linkless", article.c.title, sqlite_where=article.c.link_key == "")
Index("ix_article_later", article.c.later_at, sqlite_where=article.c.later_at.is_not(None))
Index("ix_article_twin", article.c.twin_of, sqlite_where=article.c.twin_of.is_not(None))

article_body = Table(
    "article_body", metadata,
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    _text("html"), _text("text"),
)  # fmt: skip

# The text of the article's own page, beside what the feed gave. state: "wanted", "done" or "failed".
article_full = Table(
    "article_full", metadata,
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("state", CleanText, nullable=False),
    _text("html"), _text("text"), _text("error"),
    Column("at", Instant, nullable=False),
)  # fmt: skip

# What an article said before it was edited.
article_version = Table(
    "article_version", metadata, _id(),
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    _text("title"), _text("html"), _text("text"),
    sqlite_autoincrement=True,
)  # fmt: skip

article_tag = Table(
    "article_tag", metadata,
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("tag", CleanText, primary_key=True, index=True),
)  # fmt: skip

# Where the pictures of an article come from, by the names that its html calls them by. The pictures are elsewhere.
article_picture = Table(
    "article_picture", metadata,
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("key", CleanText, primary_key=True),
    Column("url", CleanText, nullable=False),
)  # fmt: skip

# What was deleted for good and must not come back with the next refresh. title: a hash, no word of it.
tombstone = Table(
    "tombstone", metadata,
    Column("feed_id", Integer, ForeignKey("feed.id", ondelete="CASCADE"), primary_key=True),
    Column("guid", CleanText, primary_key=True),
    _text("link_key"), _text("title"), Column("published", Instant),
    Column("at", Instant, nullable=False),
)  # fmt: skip
Index("ix_tombstone_link", tombstone.c.feed_id, tombstone.c.link_key)
Index("ix_tombstone_published", tombstone.c.feed_id, tombstone.c.published)

highlight = Table(
    "highlight", metadata, _id(), _uid(),
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", CleanText, nullable=False, server_default="highlight"),
    Column("person_id", Integer, ForeignKey("person.id", ondelete="SET NULL"), index=True),
    Column("quote", CleanText, nullable=False),
    _text("before"), _text("after"),
    Column("start", Integer, nullable=False),
    _text("note"),
    Column("created", Instant, nullable=False),
    Column("closed_on", Day),
    Column("removed_at", Instant),
    sqlite_autoincrement=True,
)  # fmt: skip

reading_rule = Table(
    "reading_rule", metadata, _id(), _uid(), _text("name"),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("enabled", Integer, nullable=False, server_default="1"),
    Column("body", CleanText, nullable=False),
    Column("removed_at", Instant),
    sqlite_autoincrement=True,
)  # fmt: skip

smart_folder = Table(
    "smart_folder", metadata, _id(), _uid(),
    Column("name", CleanText, nullable=False),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("body", CleanText, nullable=False),
    Column("removed_at", Instant),
    sqlite_autoincrement=True,
)  # fmt: skip

# What a feed's server answered lately: the last few of each feed, for its page of health.
feed_answer = Table(
    "feed_answer", metadata, _id(),
    Column("feed_id", Integer, ForeignKey("feed.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("outcome", CleanText, nullable=False),
    Column("status", Integer, nullable=False, server_default="0"),
    _text("sentence"),
    *(Column(name, Integer, nullable=False, server_default="0") for name in ("size", "milliseconds", "new", "changed")),
    sqlite_autoincrement=True,
)  # fmt: skip

# Servers that asked for patience (429, 503), and until when: kept, so that a restart does not knock again.
host_wait = Table(
    "host_wait", metadata, Column("host", CleanText, primary_key=True), Column("until", Instant, nullable=False),
    _text("sentence"),
)  # fmt: skip

sync_account = Table(
    "sync_account", metadata, _id(), _uid(),
    Column("url", CleanText, nullable=False),
    _text("login"),
    Column("synced", Instant),
    _text("error"),
    sqlite_autoincrement=True,
)  # fmt: skip

# What a record is called on the server, and in which state both sides last agreed. remote "": it stays here only.
sync_link = Table(
    "sync_link", metadata,
    Column("account_id", Integer, ForeignKey("sync_account.id", ondelete="CASCADE"), primary_key=True),
    Column("noun", CleanText, primary_key=True),
    Column("record", Integer, primary_key=True),
    Column("remote", CleanText, nullable=False, index=True),
    *(Column(name, Integer, nullable=False, server_default="0") for name in ("read", "starred")),
)  # fmt: skip

interaction = Table(
    "interaction", metadata, _id(), _uid(),
    Column("kind", CleanText, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("day", Day, nullable=False),
    Column("article_id", Integer, ForeignKey("article.id", ondelete="SET NULL")),
    Column("other_id", Integer, ForeignKey("person.id", ondelete="SET NULL")),
    _text("note"),
    Column("created", Instant, nullable=False),
    Column("removed_at", Instant),
    sqlite_autoincrement=True,
)  # fmt: skip

entry = Table(
    "entry", metadata, _id(), _uid(),
    Column("kind", CleanText, nullable=False),
    _text("title"), _text("body"), _text("prompt"),
    Column("about_noun", CleanText), Column("about_id", Integer),
    Column("created", Instant, nullable=False, index=True),
    Column("changed", Instant, nullable=False),
    Column("removed_at", Instant),
    sqlite_autoincrement=True,
)  # fmt: skip

entry_mention = Table(
    "entry_mention", metadata,
    Column("entry_id", Integer, ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("text", CleanText, nullable=False),
)  # fmt: skip

entry_tag = Table(
    "entry_tag", metadata,
    Column("entry_id", Integer, ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("tag", CleanText, primary_key=True, index=True),
)  # fmt: skip

share_draft = Table(
    "share_draft", metadata, _id(), _uid(),
    Column("entry_id", Integer, ForeignKey("entry.id", ondelete="SET NULL")),
    _text("title"), _text("body"),
    Column("created", Instant, nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip

# Append-only: triggers refuse UPDATE and DELETE. The ids are remembered, not enforced, so that the log outlives them.
share_log = Table(
    "share_log", metadata, _id(),
    Column("uid", CleanText, nullable=False, index=True),
    Column("entry_id", Integer, index=True), Column("draft_id", Integer),
    Column("kind", CleanText, nullable=False),
    Column("state", CleanText, nullable=False),
    Column("at", Instant, nullable=False),
    *(_text(name) for name in ("target", "audience", "text", "sha256")),
    Column("names_kept", Words, nullable=False, server_default="[]"),
    _text("error"),
    sqlite_autoincrement=True,
)  # fmt: skip

response = Table(
    "response", metadata, _id(),
    Column("key", CleanText, nullable=False, index=True),
    Column("kind", CleanText, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("verdict", CleanText, nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Day),
    sqlite_autoincrement=True,
)  # fmt: skip

setting = Table(
    "setting", metadata, Column("key", CleanText, primary_key=True), Column("value", CleanText, nullable=False)
)

# What a page showed last, as JSON: shown again at the next start while the rest is being opened (see kept_pages.py).
kept_page = Table(
    "kept_page", metadata, Column("name", CleanText, primary_key=True), Column("body", CleanText, nullable=False),
    Column("stale", Integer, nullable=False, server_default="0"),
)  # fmt: skip

# One row where the journal lies in a file of its own (see journal_file.py), none where it lies here.
journal_home = Table(
    "journal_home", metadata, Column("vault", CleanText, primary_key=True),
    Column("swept", Integer, nullable=False, server_default="0"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class JournalTables:
    """The journal's tables, and those of the copies made from it, in one schema of a connection."""

    schema: str
    entry: Table
    entry_mention: Table
    entry_tag: Table
    share_draft: Table
    share_log: Table

    @property
    def all(self) -> tuple[Table, ...]:
        """In an order in which their links can be filled."""
        return self.entry, self.entry_mention, self.entry_tag, self.share_draft, self.share_log


def _apart(schema: str) -> JournalTables:
    elsewhere = MetaData()
    tables = (entry, entry_mention, entry_tag, share_draft, share_log)
    return JournalTables(schema, *(table.to_metadata(elsewhere, schema=schema) for table in tables))


HERE = JournalTables("main", entry, entry_mention, entry_tag, share_draft, share_log)
APART = _apart("journal")
"""In the file that is attached under this name, where the journal has one of its own."""
