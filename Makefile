# `make run` and `make test` are all a newcomer needs; both set up what they use.
SHELL := /bin/sh
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet

.DEFAULT_GOAL := help

help: ## show these lines
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /	/' | expand -t 14

run: $(VENV)/.runtime ## set up and serve on http://$(HOST):$(PORT)
	@$(PY) -m app serve --host $(HOST) --port $(PORT)

test: $(VENV)/.dev ## set up and run the tests
	@$(PY) -m pytest

check: $(VENV)/.dev ## format, lint, types, layers, corpus, tests
	@$(PY) -m app check

page-figures: $(VENV)/.dev ## weight and speed of the page on a slow line and an old phone
	@$(PY) -m tests.web.figures

index: $(VENV)/.runtime ## build the search index now (run does it when needed)
	@$(PY) -m app index

setup: $(VENV)/.runtime ## only set up

# --no-deps: the lock file is the whole list, and leaves out on purpose what pyproject.toml names under [tool.uv].
$(VENV)/.runtime: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with: make run PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV) (once, about a minute) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Adding what the tests need ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

lock: $(VENV)/.runtime ## choose versions anew and write the lock files (needs a package index)
	@$(PY) -m pip install --quiet --disable-pip-version-check uv
	@$(UV) --upgrade --output-file requirements.lock pyproject.toml
	@$(UV) --constraint requirements.lock --group dev --output-file requirements-dev.lock pyproject.toml

clean: ## remove the environment, the index and the caches
	@rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.PHONY: help run test check page-figures index setup lock clean
