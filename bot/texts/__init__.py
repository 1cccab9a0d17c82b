"""Every word anyone reads: catalogues per language, and effects rendered into letters."""
