"""Version 4: reading in full: offline texts, edits, tombstones, highlights, rules, saved searches, answers."""

STATEMENTS = (
    # Articles have an index of their own, without the beginnings of words: those were two thirds of a refresh's work.
    """
    CREATE VIRTUAL TABLE search_article USING fts5(
        title, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
    )
    """,
    "INSERT INTO search_article (search_article, rank) VALUES ('automerge', 8)",
    "INSERT INTO search_article (search_article, rank) VALUES ('hashsize', 16777216)",
    """
    INSERT INTO search_article (rowid, title, body)
        SELECT (3 << 40) + article.id, spaced(article.title), spaced(text)
        FROM article JOIN article_body ON article_id = article.id JOIN feed ON feed.id = feed_id
        WHERE feed.removed_at IS NULL ORDER BY article.id
    """,
    "DELETE FROM search WHERE rowid >= 3 << 40 AND rowid < 4 << 40",
    "ALTER TABLE feed ADD COLUMN interval_minutes INTEGER",
    "ALTER TABLE feed ADD COLUMN ttl_minutes INTEGER",
    "ALTER TABLE feed ADD COLUMN validators_since INTEGER",
    "ALTER TABLE feed ADD COLUMN moving_to TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE feed ADD COLUMN moving_since INTEGER",
    "ALTER TABLE feed ADD COLUMN login TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE feed ADD COLUMN full_text INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE feed ADD COLUMN pictures INTEGER DEFAULT '1' NOT NULL",
    "ALTER TABLE feed ADD COLUMN notify INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE feed ADD COLUMN keep_days INTEGER",
    "ALTER TABLE feed ADD COLUMN keep_count INTEGER",
    "ALTER TABLE feed ADD COLUMN tags TEXT DEFAULT '[]' NOT NULL",
    "ALTER TABLE article ADD COLUMN link_key TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE article ADD COLUMN twin_of INTEGER",
    "ALTER TABLE article ADD COLUMN later_at INTEGER",
    "ALTER TABLE article ADD COLUMN read_to INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE article ADD COLUMN words INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE article ADD COLUMN edited_at INTEGER",
    "ALTER TABLE article ADD COLUMN attached TEXT DEFAULT '[]' NOT NULL",
    "ALTER TABLE article ADD COLUMN removed_at INTEGER",
    "DROP INDEX ix_article_sort",
    "DROP INDEX ix_article_feed_sort",
    "DROP INDEX ix_article_unread",
    "CREATE INDEX ix_article_listed ON article (sort_at, id, feed_id, read_at)"
    " WHERE removed_at IS NULL AND twin_of IS NULL",
    "CREATE INDEX ix_article_of_feed ON article (feed_id, sort_at, id, read_at) WHERE removed_at IS NULL",
    "CREATE INDEX ix_article_unread ON article (feed_id, twin_of) WHERE read_at IS NULL AND removed_at IS NULL",
    "UPDATE article SET link_key = link_key(url),"
    " words = (SELECT word_count(text) FROM article_body WHERE article_id = article.id)",
    "CREATE INDEX ix_article_linkless ON article (title) WHERE link_key = ''",
    "CREATE INDEX ix_article_link ON article (link_key) WHERE link_key != ''",
    "CREATE INDEX ix_article_later ON article (later_at) WHERE later_at IS NOT NULL",
    "CREATE INDEX ix_article_twin ON article (twin_of) WHERE twin_of IS NOT NULL",
    """
    CREATE TABLE article_full (
        article_id INTEGER NOT NULL,
        state TEXT NOT NULL,
        html TEXT DEFAULT '' NOT NULL,
        text TEXT DEFAULT '' NOT NULL,
        error TEXT DEFAULT '' NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (article_id),
        FOREIGN KEY(article_id) REFERENCES article (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE article_version (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL,
        at INTEGER NOT NULL,
        title TEXT DEFAULT '' NOT NULL,
        html TEXT DEFAULT '' NOT NULL,
        text TEXT DEFAULT '' NOT NULL,
        FOREIGN KEY(article_id) REFERENCES article (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_article_version_article_id ON article_version (article_id)",
    """
    CREATE TABLE article_tag (
        article_id INTEGER NOT NULL,
        tag TEXT NOT NULL,
        PRIMARY KEY (article_id, tag),
        FOREIGN KEY(article_id) REFERENCES article (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_article_tag_tag ON article_tag (tag)",
    """
    CREATE TABLE article_picture (
        article_id INTEGER NOT NULL,
        key TEXT NOT NULL,
        url TEXT NOT NULL,
        PRIMARY KEY (article_id, key),
        FOREIGN KEY(article_id) REFERENCES article (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE tombstone (
        feed_id INTEGER NOT NULL,
        guid TEXT NOT NULL,
        link_key TEXT DEFAULT '' NOT NULL,
        title TEXT DEFAULT '' NOT NULL,
        published INTEGER,
        at INTEGER NOT NULL,
        PRIMARY KEY (feed_id, guid),
        FOREIGN KEY(feed_id) REFERENCES feed (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE highlight (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        article_id INTEGER NOT NULL,
        kind TEXT DEFAULT 'highlight' NOT NULL,
        person_id INTEGER,
        quote TEXT NOT NULL,
        before TEXT DEFAULT '' NOT NULL,
        after TEXT DEFAULT '' NOT NULL,
        start INTEGER NOT NULL,
        note TEXT DEFAULT '' NOT NULL,
        created INTEGER NOT NULL,
        closed_on TEXT,
        removed_at INTEGER,
        UNIQUE (uid),
        FOREIGN KEY(article_id) REFERENCES article (id) ON DELETE CASCADE,
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_highlight_article_id ON highlight (article_id)",
    "CREATE INDEX ix_highlight_person_id ON highlight (person_id)",
    """
    CREATE TABLE reading_rule (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        name TEXT DEFAULT '' NOT NULL,
        position INTEGER DEFAULT '0' NOT NULL,
        enabled INTEGER DEFAULT '1' NOT NULL,
        body TEXT NOT NULL,
        removed_at INTEGER,
        UNIQUE (uid)
    )
    """,
    """
    CREATE TABLE smart_folder (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        name TEXT NOT NULL,
        position INTEGER DEFAULT '0' NOT NULL,
        body TEXT NOT NULL,
        removed_at INTEGER,
        UNIQUE (uid)
    )
    """,
    """
    CREATE TABLE feed_answer (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        feed_id INTEGER NOT NULL,
        at INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        status INTEGER DEFAULT '0' NOT NULL,
        sentence TEXT DEFAULT '' NOT NULL,
        size INTEGER DEFAULT '0' NOT NULL,
        milliseconds INTEGER DEFAULT '0' NOT NULL,
        new INTEGER DEFAULT '0' NOT NULL,
        changed INTEGER DEFAULT '0' NOT NULL,
        FOREIGN KEY(feed_id) REFERENCES feed (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_feed_answer_feed_id ON feed_answer (feed_id)",
    """
    CREATE TABLE host_wait (
        host TEXT NOT NULL,
        until INTEGER NOT NULL,
        sentence TEXT DEFAULT '' NOT NULL,
        PRIMARY KEY (host)
    )
    """,
    """
    CREATE TABLE sync_account (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        url TEXT NOT NULL,
        login TEXT DEFAULT '' NOT NULL,
        synced INTEGER,
        error TEXT DEFAULT '' NOT NULL,
        UNIQUE (uid)
    )
    """,
    """
    CREATE TABLE sync_link (
        account_id INTEGER NOT NULL,
        noun TEXT NOT NULL,
        record INTEGER NOT NULL,
        remote TEXT NOT NULL,
        read INTEGER DEFAULT '0' NOT NULL,
        starred INTEGER DEFAULT '0' NOT NULL,
        PRIMARY KEY (account_id, noun, record),
        FOREIGN KEY(account_id) REFERENCES sync_account (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_sync_link_remote ON sync_link (remote)",
)
