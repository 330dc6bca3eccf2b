"""Version 3: where the journal lies, once it can have a file of its own."""

STATEMENTS = (
    """
    CREATE TABLE journal_home (
        vault TEXT NOT NULL,
        swept INTEGER DEFAULT '0' NOT NULL,
        PRIMARY KEY (vault)
    )
    """,
)
