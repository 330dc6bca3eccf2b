"""Sharing: a copy is prepared, looked at and approved; the log of what was shared."""
