"""Version 1: the tables as they first stood."""

STATEMENTS = (
    """
    CREATE TABLE circle (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        name TEXT COLLATE "NOCASE" NOT NULL,
        UNIQUE (uid),
        UNIQUE (name)
    )
    """,
    """
    CREATE TABLE entry (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT DEFAULT '' NOT NULL,
        body TEXT DEFAULT '' NOT NULL,
        prompt TEXT DEFAULT '' NOT NULL,
        about_noun TEXT,
        about_id INTEGER,
        created INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        removed_at INTEGER,
        UNIQUE (uid)
    )
    """,
    """
    CREATE INDEX ix_entry_created ON entry (created)
    """,
    """
    CREATE TABLE meetup (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        day TEXT NOT NULL,
        at TEXT,
        minutes INTEGER,
        place TEXT DEFAULT '' NOT NULL,
        notes TEXT DEFAULT '' NOT NULL,
        created INTEGER NOT NULL,
        removed_at INTEGER,
        UNIQUE (uid)
    )
    """,
    """
    CREATE INDEX ix_meetup_day ON meetup (day)
    """,
    """
    CREATE TABLE person (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        name TEXT NOT NULL,
        given TEXT DEFAULT '' NOT NULL,
        family TEXT DEFAULT '' NOT NULL,
        nickname TEXT DEFAULT '' NOT NULL,
        pronouns TEXT DEFAULT '' NOT NULL,
        org TEXT DEFAULT '' NOT NULL,
        role TEXT DEFAULT '' NOT NULL,
        place TEXT DEFAULT '' NOT NULL,
        birthday TEXT,
        note TEXT DEFAULT '' NOT NULL,
        how_met TEXT DEFAULT '' NOT NULL,
        met_on TEXT DEFAULT '' NOT NULL,
        introduced_by INTEGER,
        naming TEXT DEFAULT 'ask' NOT NULL,
        rhythm_wish TEXT DEFAULT 'unset' NOT NULL,
        paused_until TEXT,
        interests TEXT DEFAULT '[]' NOT NULL,
        asks TEXT DEFAULT '[]' NOT NULL,
        offers TEXT DEFAULT '[]' NOT NULL,
        extra TEXT DEFAULT '[]' NOT NULL,
        source TEXT DEFAULT '' NOT NULL,
        created INTEGER NOT NULL,
        folded TEXT DEFAULT '' NOT NULL,
        removed_at INTEGER,
        UNIQUE (uid),
        FOREIGN KEY(introduced_by) REFERENCES person (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE TABLE response (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        "key" TEXT NOT NULL,
        kind TEXT NOT NULL,
        person_id INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        at INTEGER NOT NULL,
        until TEXT
    )
    """,
    """
    CREATE INDEX ix_response_key ON response ("key")
    """,
    """
    CREATE TABLE setting (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY ("key")
    )
    """,
    """
    CREATE TABLE share_log (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        entry_id INTEGER,
        draft_id INTEGER,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        at INTEGER NOT NULL,
        target TEXT DEFAULT '' NOT NULL,
        audience TEXT DEFAULT '' NOT NULL,
        text TEXT DEFAULT '' NOT NULL,
        sha256 TEXT DEFAULT '' NOT NULL,
        names_kept TEXT DEFAULT '[]' NOT NULL,
        error TEXT DEFAULT '' NOT NULL
    )
    """,
    """
    CREATE INDEX ix_share_log_entry_id ON share_log (entry_id)
    """,
    """
    CREATE INDEX ix_share_log_uid ON share_log (uid)
    """,
    """
    CREATE TABLE entry_mention (
        entry_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (entry_id, position),
        FOREIGN KEY(entry_id) REFERENCES entry (id) ON DELETE CASCADE,
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_entry_mention_person_id ON entry_mention (person_id)
    """,
    """
    CREATE TABLE entry_tag (
        entry_id INTEGER NOT NULL,
        tag TEXT NOT NULL,
        PRIMARY KEY (entry_id, tag),
        FOREIGN KEY(entry_id) REFERENCES entry (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_entry_tag_tag ON entry_tag (tag)
    """,
    """
    CREATE TABLE feed (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        url TEXT NOT NULL,
        title TEXT DEFAULT '' NOT NULL,
        site_url TEXT DEFAULT '' NOT NULL,
        folder TEXT DEFAULT '' NOT NULL,
        person_id INTEGER,
        state TEXT DEFAULT 'active' NOT NULL,
        etag TEXT DEFAULT '' NOT NULL,
        last_modified TEXT DEFAULT '' NOT NULL,
        body_hash TEXT DEFAULT '' NOT NULL,
        checked INTEGER,
        next_check INTEGER,
        error TEXT DEFAULT '' NOT NULL,
        error_count INTEGER DEFAULT '0' NOT NULL,
        added INTEGER NOT NULL,
        removed_at INTEGER,
        UNIQUE (uid),
        UNIQUE (url),
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE INDEX ix_feed_person_id ON feed (person_id)
    """,
    """
    CREATE TABLE handle (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        label TEXT DEFAULT '' NOT NULL,
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_handle_person_id ON handle (person_id)
    """,
    """
    CREATE TABLE mark (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        meetup_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        person_id INTEGER,
        who TEXT DEFAULT '' NOT NULL,
        state TEXT NOT NULL,
        made_on TEXT NOT NULL,
        closed_on TEXT,
        line INTEGER NOT NULL,
        UNIQUE (uid),
        FOREIGN KEY(meetup_id) REFERENCES meetup (id) ON DELETE CASCADE,
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE INDEX ix_mark_meetup_id ON mark (meetup_id)
    """,
    """
    CREATE INDEX ix_mark_person_id ON mark (person_id)
    """,
    """
    CREATE TABLE meetup_person (
        meetup_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (meetup_id, person_id),
        FOREIGN KEY(meetup_id) REFERENCES meetup (id) ON DELETE CASCADE,
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_meetup_person_person_id ON meetup_person (person_id)
    """,
    """
    CREATE TABLE person_circle (
        person_id INTEGER NOT NULL,
        circle_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (person_id, circle_id),
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
        FOREIGN KEY(circle_id) REFERENCES circle (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_person_circle_circle_id ON person_circle (circle_id)
    """,
    """
    CREATE TABLE share_draft (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        entry_id INTEGER,
        title TEXT DEFAULT '' NOT NULL,
        body TEXT DEFAULT '' NOT NULL,
        created INTEGER NOT NULL,
        UNIQUE (uid),
        FOREIGN KEY(entry_id) REFERENCES entry (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE TABLE article (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        feed_id INTEGER NOT NULL,
        guid TEXT NOT NULL,
        url TEXT DEFAULT '' NOT NULL,
        title TEXT DEFAULT '' NOT NULL,
        author TEXT DEFAULT '' NOT NULL,
        published INTEGER,
        received INTEGER NOT NULL,
        sort_at INTEGER NOT NULL,
        read_at INTEGER,
        starred_at INTEGER,
        content_hash TEXT DEFAULT '' NOT NULL,
        UNIQUE (feed_id, guid),
        UNIQUE (uid),
        FOREIGN KEY(feed_id) REFERENCES feed (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_article_feed_sort ON article (feed_id, sort_at)
    """,
    """
    CREATE INDEX ix_article_sort ON article (sort_at)
    """,
    """
    CREATE INDEX ix_article_starred ON article (starred_at) WHERE starred_at IS NOT NULL
    """,
    """
    CREATE INDEX ix_article_unread ON article (feed_id) WHERE read_at IS NULL
    """,
    """
    CREATE TABLE article_body (
        article_id INTEGER NOT NULL,
        html TEXT DEFAULT '' NOT NULL,
        text TEXT DEFAULT '' NOT NULL,
        PRIMARY KEY (article_id),
        FOREIGN KEY(article_id) REFERENCES article (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE interaction (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        kind TEXT NOT NULL,
        person_id INTEGER NOT NULL,
        day TEXT NOT NULL,
        article_id INTEGER,
        other_id INTEGER,
        note TEXT DEFAULT '' NOT NULL,
        created INTEGER NOT NULL,
        removed_at INTEGER,
        UNIQUE (uid),
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
        FOREIGN KEY(article_id) REFERENCES article (id) ON DELETE SET NULL,
        FOREIGN KEY(other_id) REFERENCES person (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE INDEX ix_interaction_person_id ON interaction (person_id)
    """,
    """
    CREATE TRIGGER share_log_no_update BEFORE UPDATE ON share_log
    BEGIN SELECT RAISE(ABORT, 'the share log is append-only'); END
    """,
    """
    CREATE TRIGGER share_log_no_delete BEFORE DELETE ON share_log
    BEGIN SELECT RAISE(ABORT, 'the share log is append-only'); END
    """,
    # Contentless: the words lie here once, the texts stay in their tables. Newest first is a walk down the rowids.
    """
    CREATE VIRTUAL TABLE search USING fts5(
        title, body, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 2'
    )
    """,
)
