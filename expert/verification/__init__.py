"""Are the rules right: checks, scenarios, mutation."""
