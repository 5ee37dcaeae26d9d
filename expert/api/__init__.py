"""The one door: the Python interface."""
