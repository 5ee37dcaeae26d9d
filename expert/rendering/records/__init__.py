"""Decisions as texts for people: the record of a team, and a page to send or print."""
