# Two commands: `make demo` and `make test`. What they need they install; what they cannot install they name.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: help demo player test test-long bench backtest lock clean lint check-python browsers services

help:
	@echo "make demo   set everything up and run a demo newsroom on http://127.0.0.1:$(PORT)/"
	@echo "make test   set up what the tests need and run all of them"
	@echo "make bench  print how fast it is, beside its peers, in one run"

check-python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null || \
	  { echo "Dateline needs Python 3.11 to 3.14; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Name another one: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || bash tools/install-packages python3-venv

$(VENV)/run: requirements/run.txt pyproject.toml $(wildcard src/dateline/locale/*/LC_MESSAGES/*.po) | check-python
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Dateline runs on"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: requirements/dev.txt $(VENV)/run
	@echo "Installing what the tests run on"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.done: package.json package-lock.json
	@command -v npm >/dev/null || bash tools/install-packages nodejs npm
	@npm ci --silent --no-audit --no-fund
	@bash tools/vendor
	@touch $@

# What readers' pages use of npm's. Without npm the demo does without: browsers that need it link to the stream, and
# places are a list without a map.
player:
	@test -f src/dateline/theme/static/theme/vendor/land.svg || if command -v npm >/dev/null; then \
	  npm ci --omit=dev --silent --no-audit --no-fund && bash tools/vendor; \
	  else echo "npm is not here: live television plays only in browsers that need no help with it, and trackers have no maps"; fi

services:
	@command -v chromium >/dev/null || bash tools/install-packages chromium
	@fc-list 2>/dev/null | grep -qi "Noto Naskh Arabic" || bash tools/install-packages fontconfig fonts-noto-core
	@command -v valkey-server >/dev/null || command -v redis-server >/dev/null || bash tools/install-packages redis-server
	@command -v ffmpeg >/dev/null || bash tools/install-packages ffmpeg
	@command -v nginx >/dev/null || test -x /usr/sbin/nginx || bash tools/install-packages nginx-light
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || bash tools/install-packages postgresql

demo: $(VENV)/run player
	@test -f demo-newsroom/dateline.toml || bash tools/make-demo $(BIN)/dateline demo-newsroom
	@test -f demo-newsroom/.password && echo "Desk: http://127.0.0.1:$(PORT)/desk/  user: chief  password: $$(cat demo-newsroom/.password)" || true
	@exec $(BIN)/dateline -C demo-newsroom run --port $(PORT)

test: $(VENV)/dev node_modules/.done services
	@bash tools/test

test-long: $(VENV)/dev node_modules/.done services
	@DATELINE_LONG=1 $(BIN)/python -m pytest -m "long" tests

bench: $(VENV)/dev
	@bash tools/install-packages nginx-light wrk chromium
	@command -v npm >/dev/null || bash tools/install-packages nodejs npm
	@npm ci --prefix tests/bench/lighthouse --silent --no-audit --no-fund
	@$(BIN)/python -m tests.bench

backtest: $(VENV)/dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/backtest.txt
	@$(BIN)/python -m tests.backtest

lint: $(VENV)/dev
	@bash tools/test lint

lock:
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml requirements/build.in --extra postgres --extra fast --extra voices --extra provenance -o requirements/run.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate requirements/dev.in -c requirements/run.txt -o requirements/dev.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate requirements/backtest.in -c requirements/run.txt -o requirements/backtest.txt

clean:
	rm -rf $(VENV) node_modules .pytest_cache .mypy_cache .ruff_cache
