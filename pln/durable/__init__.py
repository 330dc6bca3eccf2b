"""Files that are whole or not there, for every floor above: flushed to the disk, then given their name."""
