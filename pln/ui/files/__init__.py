"""Dialogs about files of the whole profile: backups, exports, reading an export back."""
