"""How results and knowledge bases are shown."""
