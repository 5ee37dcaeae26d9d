# `make demo` and `make test` need nothing but Python 3.11 or later; each sets up what it uses in .venv.

PYTHON ?= python3
BIN := .venv/bin
EXTRAS := docs,test

.PHONY: demo test lint types contracts tests docs bench long fuzz clean

demo: .venv/installed
	@echo '$$ expert recommend docs/examples/prototype.yaml'
	@$(BIN)/expert recommend docs/examples/prototype.yaml
	@echo
	@echo 'The command is $(BIN)/expert. Try also:'
	@echo '  $(BIN)/expert recommend docs/examples/detector.yaml'
	@echo '  $(BIN)/expert recommend docs/examples/prototype.yaml --set dataset_size=large'
	@echo '  $(BIN)/expert ask'
	@echo '  $(BIN)/expert graph docs/examples/detector.yaml --open'
	@echo '  $(BIN)/expert --help'

# Among the tests is one that builds the site as `make docs` does.
test: lint types contracts tests

lint: .venv/tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/tools
	$(BIN)/mypy expert

contracts: .venv/tools
	$(BIN)/lint-imports

tests: .venv/tools
	$(BIN)/pytest -n auto --dist loadgroup --no-loadscope-reorder

docs: .venv/tools
	$(BIN)/sphinx-build -W -n --keep-going -q -b html docs docs/_build/html

bench: .venv/tools
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m benchmarks

long: .venv/tools
	EXPERT_EXAMPLES=20 $(BIN)/pytest --no-cov -n auto --dist loadgroup --no-loadscope-reorder

fuzz: .venv/tools
	$(BIN)/python -m tests.fuzz

clean:
	rm -rf .venv build dist docs/_build *.egg-info .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "expert needs Python 3.11 or later; name one with PYTHON=…")'
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python setup.cfg pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/tools: .venv/bin/python setup.cfg pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[$(EXTRAS)]'
	@touch $@ .venv/installed
