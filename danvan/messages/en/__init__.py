"""The English catalogue, by topic."""
