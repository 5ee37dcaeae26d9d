"""What follows from a knowledge base and given facts."""
