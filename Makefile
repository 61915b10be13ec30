# Two commands on a fresh machine: make demo, make test.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: venv demo test bench lint types imports format pins clean

venv: .venv/ready

.venv/ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: venv
	$(BIN)/jurus demo

test: lint types imports
	$(BIN)/pytest -n auto

# Takes an hour: fills a database with 200,000 articles, then asks it.
bench: venv
	$(BIN)/python -m benchmarks.store --articles 200000 --keep bench.db
	$(BIN)/python -m benchmarks.query bench.db
	$(BIN)/python -m benchmarks.pages bench.db

lint: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: venv
	$(BIN)/mypy

imports: venv
	$(BIN)/lint-imports

format: venv
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The pins: resolved anew from pyproject.toml.
pins: venv
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --no-emit-index-url --no-annotate --no-header --extra dev pyproject.toml --output-file requirements.txt

clean:
	rm -rf .venv jurus-demo.db jurus-demo.db-wal jurus-demo.db-shm jurus-demo-digest.*
