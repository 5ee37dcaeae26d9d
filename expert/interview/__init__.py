"""What to ask next: which question matters most, when no answer can change the recommendation, and the dialogue."""
