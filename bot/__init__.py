"""The complaint desk: a Telegram bot that hears customers out and keeps its word."""
