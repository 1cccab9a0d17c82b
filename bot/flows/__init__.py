"""The pure core: what the desk decides. No clock, no I/O, no Telegram, no database.

Read in this order: `model` (what a case is), `events` (what can happen), `effects`
(what the desk can do about it), then `decide` (how one leads to the other).
"""
