"""What the classifier of `bot/meaning` learns from, and how."""
