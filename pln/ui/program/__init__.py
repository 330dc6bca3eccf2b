"""The program around the places: what `pln.ui.shell.Shell` promises, kept."""
