"""Measurements: this bot beside a bare python-telegram-bot echo, in one run, under one load.

`python -m bench` prints figures and writes `bench/results/latest.json`. It may look at the
database file and at processes; what it plays goes over HTTP like anybody's messages.
"""
