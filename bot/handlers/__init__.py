"""Telegram updates in, the desk's events out: a table of filters and translators."""
