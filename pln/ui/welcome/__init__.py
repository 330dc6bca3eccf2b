"""The first minutes: four short pages, each of which can be passed over."""
