"""The graph as pictures, as a page, and for other programs."""
