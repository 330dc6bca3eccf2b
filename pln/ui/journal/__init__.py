"""The journal: private writing, people by @mention, what lies near it."""
