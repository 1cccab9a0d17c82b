"""The conversation with a customer: listen, ask only what is missing, say it back, file."""
