"""The whole knowledge base as one page to browse."""
