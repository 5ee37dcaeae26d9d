"""What else could be: flips, robustness, what if, decisive answers."""
