"""The configuration as people read and write it: YAML, a schema for editors, the rules' page."""
