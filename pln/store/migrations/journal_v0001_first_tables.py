"""Version 1 of the journal's own file: as in the main file, but nothing links to people, who stay there."""

STATEMENTS = (
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
        FOREIGN KEY(entry_id) REFERENCES entry (id) ON DELETE CASCADE
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
    CREATE TRIGGER share_log_no_update BEFORE UPDATE ON share_log
    BEGIN SELECT RAISE(ABORT, 'the share log is append-only'); END
    """,
    """
    CREATE TRIGGER share_log_no_delete BEFORE DELETE ON share_log
    BEGIN SELECT RAISE(ABORT, 'the share log is append-only'); END
    """,
    """
    CREATE VIRTUAL TABLE search USING fts5(
        title, body, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 2'
    )
    """,
)
