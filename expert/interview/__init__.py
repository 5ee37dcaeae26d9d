"""What to ask next: which question matters most, when the recommendation is certain, and the state of an interview."""
