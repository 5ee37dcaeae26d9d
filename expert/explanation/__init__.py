"""Why: what led to a result, what could change it, and how to show that."""
