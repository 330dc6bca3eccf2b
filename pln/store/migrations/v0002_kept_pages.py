"""Version 2: pages that can be shown before everything else is there."""

STATEMENTS = (
    """
    CREATE TABLE kept_page (
        name TEXT NOT NULL,
        body TEXT NOT NULL,
        stale INTEGER DEFAULT '0' NOT NULL,
        PRIMARY KEY (name)
    )
    """,
)
