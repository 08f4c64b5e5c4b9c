"""Records that came from several hands: which are the same, and what all of them say together."""
