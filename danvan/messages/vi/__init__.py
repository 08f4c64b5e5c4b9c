"""The Vietnamese catalogue, by topic."""
