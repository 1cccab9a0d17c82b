"""Extraction: which text ids the desk uses, with which variables, and keeping catalogues in step.

Babel's own extractor sees neither ids in YAML nor f-strings, so ours reads the code (`uses`), the
enumerations and packs behind each family of ids (`families`), and the catalogues (`books`). A
development tool: nothing at run time imports it.
"""
