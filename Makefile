# make demo [ARGS=--once]   play the main job on loopback, then serve the sandbox page
# make test [ARGS=-x]       every test, PostgreSQL and the browser included
# make bench [ARGS=scale]   how fast it is; ARGS=scale: whether a long past slows it down; ARGS=trail: the audit
#                             of a million entries; ARGS=open: more clicks than can be carried out;
#                             ARGS=replicas: PostgreSQL, and two processes
# make sim [SCHEDULES=100000]  stories in simulation on every core; TOKEN=… tells one, BUGS=1 tries the planted bugs
# make lint | clean | lock
#
# PYTHON may name the interpreter; without it the first one that is new enough is taken.

NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
FIRST := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p $(NEW_ENOUGH) 2>/dev/null && echo $$p && break; done)
PYTHON ?= $(or $(FIRST),python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate

.PHONY: demo test lint bench sim clean lock

demo: $(VENV)/.runtime
	@$(BIN)/python -m bot demo $(ARGS)

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

lint: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(VENV)/.dev
	@$(BIN)/python -m tests.bench$(if $(filter scale open replicas trail,$(ARGS)),_$(ARGS))

sim: $(VENV)/.dev
	@$(BIN)/python -m tests.simulation $(if $(TOKEN),--token $(TOKEN)) $(if $(BUGS),--bugs) \
		$(if $(SCHEDULES),--schedules $(SCHEDULES)) $(if $(FIRST),--first $(FIRST))

clean:
	@rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Pins every package anew from pyproject.toml; needs uv.
lock:
	@$(COMPILE) pyproject.toml --group build -o requirements.txt
	@$(COMPILE) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what quanmei needs into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-index --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q bot cards handlers storage
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what the tests need into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

$(BIN)/python:
	@$(PYTHON) $(NEW_ENOUGH) 2>/dev/null || { \
		echo "quanmei needs Python 3.11 or newer; found: $$($(PYTHON) --version 2>&1)." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments: its venv package is missing." >&2; \
		echo "On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }
