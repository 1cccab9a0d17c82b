"""A local stand-in for the Telegram Bot API, with people behind it.

It follows the documented behaviour strictly, so that what works here works there.
It must never know the bot that runs on it.
"""
