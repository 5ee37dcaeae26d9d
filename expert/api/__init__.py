"""The Python interface, through which every other face goes."""
