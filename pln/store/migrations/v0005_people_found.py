"""Version 5: people are found without reading all of each."""

STATEMENTS = (
    "CREATE INDEX ix_person_found ON person (folded, id) WHERE removed_at IS NULL",
)  # fmt: skip
