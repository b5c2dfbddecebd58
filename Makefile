# Concord. `make` alone lists the targets.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
LOCK   := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-strip-extras
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes

.DEFAULT_GOAL := help
.PHONY: help run test faults check format bench clean lock browser

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || \
	  { echo "Concord needs Python 3.11, 3.12 or 3.13 and '$(PYTHON)' is not one: try 'make PYTHON=python3.12 $(MAKECMDGOALS)'" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "could not make $(VENV): on Debian and Ubuntu, 'apt-get install python3-venv' first" >&2; exit 1; }

# A stamp stands for "installed as the requirements now say"; touching a requirements file installs again.
$(VENV)/.run: $(BIN)/python requirements-build.txt requirements.txt pyproject.toml
	@echo "installing Concord into $(VENV) ..."
	@$(PIP) -r requirements-build.txt
	@$(PIP) -r requirements.txt
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable . 2>$(VENV)/install.log || { cat $(VENV)/install.log >&2; exit 1; }
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt requirements-reloaded.txt
	@echo "installing what the tests need ..."
	@$(PIP) -r requirements-dev.txt
	@$(PIP) --upgrade --target $(VENV)/whoosh-reloaded -r requirements-reloaded.txt
	@touch $@

run: $(VENV)/.run ## set up, load the seeds, index, serve on http://127.0.0.1:8000 (PORT=... for another)
	@$(BIN)/concord run --port $(PORT)

test: $(VENV)/.dev browser ## set up and run every test
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

faults: $(VENV)/.dev ## attack the query language and the files of the index: many more random cases than in the tests
	@CONCORD_FAULTS=thorough $(BIN)/python -m pytest tests/faults tests/indexer/columnar/test_*_oracle.py

check: $(VENV)/.dev ## lint, formatting, types and import borders
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

browser:
	@sh tests/journeys/install-browser.sh

format: $(VENV)/.dev ## format the code and mend what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

$(VENV)/.bench: $(VENV)/.dev requirements-bench.txt
	@echo "installing what Concord is measured against ..."
	@$(PIP) -r requirements-bench.txt
	@touch $@

# Xapian is no Python package: Debian and Ubuntu have it, and only root can install it. Without it the rest is measured.
bench: $(VENV)/.bench ## measure Concord against its peers (half an hour; figures go to the terminal)
	@[ "$$(id -u)" != 0 ] || [ -d /usr/lib/python3/dist-packages/xapian ] || apt-get install -qq -y python3-xapian >/dev/null 2>&1 || true
	@$(BIN)/python -m benchmarks --save benchmarks/figures.json
	@$(BIN)/python -m benchmarks.plots benchmarks/figures.json

lock: ## pin every requirement anew, with hashes (needs uv)
	$(LOCK) requirements-build.in -o requirements-build.txt
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	$(LOCK) --extra bench -c requirements-dev.txt pyproject.toml -o requirements-bench.txt
	$(LOCK) requirements-reloaded.in -o requirements-reloaded.txt

clean: ## remove the environment and caches; the archive and the index in data/ stay
	@rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
