# One entry for everyone: `make check` is what a developer, pre-commit and .ci/run call.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate
PACKAGES := crawler pipeline storage
# Crawl tests wait for pauses and processes half of their time: four workers keep two cores busy, to the end.
PYTESTFLAGS ?= -n 4 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint types docs bench soak pywb requirements clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Duizhang needs Python 3.11 or newer and $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# The demo needs less than a developer does, so there are two stamps on one environment.
$(VENV)/base: $(VENV)/made requirements/base.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: $(VENV)/base requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@touch $@

.venv-pywb/made: requirements/pywb.txt
	$(PYTHON) -m venv .venv-pywb
	.venv-pywb/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/pywb.txt
	@touch $@

setup: $(VENV)/dev  ## the virtual environment, from pinned requirements

demo: $(VENV)/base  ## a replica portal on this machine: crawl it, count, verify the 2014 report
	$(BIN)/duizhang demo

test: $(VENV)/dev  ## pytest; make test k=jeecms
	$(BIN)/python -m pytest $(PYTESTFLAGS) $(if $(k),-k "$(k)")

lint: $(VENV)/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/vulture

types: $(VENV)/dev
	$(BIN)/mypy

check: lint types test  ## lint, format, arrows, types, docs, tests: all that CI runs

docs: $(VENV)/base  ## write the parts of docs/ that are generated: the table of sources, the command help
	$(BIN)/python docs/generate.py

bench: $(VENV)/dev  ## measure us beside what others use, in one run; prints one table of ratios (docs/performance.md)
	@$(BIN)/python -m tests.bench $(BENCHFLAGS)

soak: $(VENV)/dev  ## every local portal with every fault, crawled twice: what was lost, invented or trespassed upon
	@for file in tests/bench/soak_*.py; do $(BIN)/python -m tests.bench.$$(basename $$file .py) || exit 1; done

pywb: .venv-pywb/made  ## an independent replay, in an environment of its own: its pins clash with ours

requirements: $(VENV)/dev  ## pin anew after pyproject.toml or requirements/*.in changed
	$(COMPILE) pyproject.toml requirements/base.in --extra postgres --extra ocds -o requirements/base.txt
	$(COMPILE) requirements/dev.in -c requirements/base.txt -o requirements/dev.txt
	$(COMPILE) requirements/pywb.in -o requirements/pywb.txt

clean:  ## remove what was made here; an archive is never touched
	rm -rf $(VENV) .venv-pywb dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
