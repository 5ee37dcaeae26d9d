"""What is known: knowledge bases and given facts."""
