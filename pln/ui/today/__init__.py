"""Today: a few small steps, the next meetup, one article, one question."""
