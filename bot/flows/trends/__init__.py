"""What many cases have in common: corrective actions and crisis mode, in the managers' hands."""
