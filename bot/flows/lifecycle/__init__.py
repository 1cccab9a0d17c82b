"""Where a case stands, and what may happen to it there: one table and what its rows do."""
