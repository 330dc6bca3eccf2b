"""Settings: one dialog, one file a section; each change is kept at once."""
