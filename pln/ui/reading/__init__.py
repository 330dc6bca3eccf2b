"""Reading: feeds and voices, their articles kept on this computer, and whom they might please."""
