"""Version 5: people, and articles that were deleted, are found without reading all that is known of each."""

STATEMENTS = (
    "CREATE INDEX ix_person_found ON person (folded, id) WHERE removed_at IS NULL",
    "CREATE INDEX ix_tombstone_link ON tombstone (feed_id, link_key)",
    "CREATE INDEX ix_tombstone_published ON tombstone (feed_id, published)",
)
