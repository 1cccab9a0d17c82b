# Every target sets itself up on a machine that has only Python 3.11+ and a package registry.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test check browser soak bench scores texts lock clean docs pictures

$(READY): requirements-dev.txt pyproject.toml bot/texts/build_hook.py
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

CATALOGUES := $(wildcard bot/texts/catalogues/*/LC_MESSAGES/desk.po)
COMPILED := $(CATALOGUES:.po=.mo)

$(COMPILED) &: $(CATALOGUES) | $(READY)
	$(BIN)/python -m bot.texts.extract compile

## demo: the desk on a stand-in for Telegram; open the page it prints
demo: $(READY) $(COMPILED)
	$(BIN)/complaint-bot demo

## test: everything but the browser and the long runs, a file at a time on each core
test: $(READY) $(COMPILED)
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not browser and not soak"

## check: style, types, import contracts, dependencies
check: $(READY) $(COMPILED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry bot storage sandbox

## browser: one whole story through the page, in Chromium
browser: $(READY) $(COMPILED)
	$(BIN)/python -m pytest -m browser

## soak: the long runs: 100 kills on both databases, many random days
soak: $(READY) $(COMPILED)
	$(BIN)/python -m pytest -m soak

## bench: turns per second, CPU, latency, memory, as ratios within one run
bench: $(READY) $(COMPILED)
	$(BIN)/python -m bench

## scores: how well labelled messages are read, by slot and language (FOLDER=unopened: final figures)
scores: $(READY)
	$(BIN)/python -m tests.understanding.scoring $(or $(FOLDER),building)

## texts: collect text ids, bring the catalogues up to date, compile them
texts: $(READY)
	$(BIN)/python -m bot.texts.extract extract
	$(BIN)/python -m bot.texts.extract update
	$(BIN)/python -m bot.texts.extract compile

## docs: the generated pages (lifecycle diagram, rules, schema)
docs: $(READY)
	$(BIN)/python -m bot.flows.lifecycle.drawing docs/lifecycle.md
	$(BIN)/python -m bot.flows.document.rules_page docs/rules.md
	$(BIN)/python -m bot.flows.document.schema docs/desk.schema.json

## pictures: the guides' pictures, taken from the running demo (needs Chromium)
pictures: $(READY) $(COMPILED)
	$(BIN)/python -m docs.pictures.take

## lock: pin every dependency with its hashes (needs uv)
lock:
	uv pip compile -q pyproject.toml --group dev --generate-hashes --python-version 3.11 --no-header --no-emit-index-url -o requirements-dev.txt
	uv pip compile -q pyproject.toml -c requirements-dev.txt --generate-hashes --python-version 3.11 --no-header --no-emit-index-url -o requirements.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache
