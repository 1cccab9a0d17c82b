"""Rules as data: their form, what their conditions mean, and which fire when."""
