"""The widgets that places are built of. docs/technotes/ui.md shows how."""
