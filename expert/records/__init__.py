"""Decisions that last: what was decided, kept in a file, and made again under today's rules."""
