# Two commands matter: `make demo` and `make test`. Both set up .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
HOST := $(VENV)/.running
AUDIT := $(VENV)/audit

# Coverage doubles what a test costs: what is long, or lives in processes of its own, goes without.
BARE := $(addprefix tests/,browser domain eval fuzz pictures places process retrieval simulation)
COVER := --cov=bot --cov-branch --cov-fail-under=90 --cov-report=term

.PHONY: demo pictures test run lint bench bench-big eval soak lock audit clean

$(STAMP): requirements-dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# What runs needs none of the tools of the tests.
$(HOST): requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	touch $@

demo: $(HOST)
	$(BIN)/python -m bot demo

run: $(HOST)
	$(BIN)/python -m bot run

lint: $(STAMP)
	$(BIN)/ruff check bot tests
	$(BIN)/ruff format --check bot tests
	$(BIN)/mypy

test: lint
	$(BIN)/python -m bot check
	$(BIN)/python -m coverage erase
	$(BIN)/python -m pytest -q --numprocesses 3 --dist worksteal $(COVER) $(BARE:%=--ignore=%)
	$(BIN)/python -m pytest -q --numprocesses 3 --dist worksteal $(BARE)

soak: $(STAMP)
	$(BIN)/python -m pytest -q -m soak
	$(BIN)/python -m pytest -q --hypothesis-profile soak tests/domain/test_plan.py

bench: $(STAMP)
	$(BIN)/python -m tests.benchmarks

bench-big: $(STAMP)
	$(BIN)/python -m tests.benchmarks big

pictures: $(STAMP)
	$(BIN)/python -m tests.browser.pictures docs

eval: $(STAMP)
	$(BIN)/python -m tests.eval

# Fails where a pinned package has a known hole, and where that could not be looked up. Another
# database than PyPI's: PIP_AUDIT_VULNERABILITY_SERVICE=osv, and PIP_AUDIT_OSV_URL for its address.
audit:
	test -x $(AUDIT)/bin/pip-audit || { $(PYTHON) -m venv $(AUDIT) && $(AUDIT)/bin/python -m pip install --quiet 'pip-audit>=2.9'; }
	@rm -f $(AUDIT)/found
	@$(AUDIT)/bin/pip-audit --strict --requirement requirements.txt --disable-pip --progress-spinner off \
	    --output $(AUDIT)/found 2>$(AUDIT)/log && echo "audit: no known hole" || { \
	    cat $(AUDIT)/found 2>/dev/null || { tail -n 1 $(AUDIT)/log; \
	    echo "audit: not all could be looked up, so nothing is known"; }; exit 1; } >&2

# The development set is resolved first: its peers (aiogram) bound what both sets may use.
# Extras stay in the pins: pip with hashes takes `coverage[toml]` for another package than `coverage`.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
          --no-strip-extras --no-emit-index-url --no-annotate --no-header pyproject.toml

lock:
	test -x $(BIN)/uv || { $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet uv; }
	$(COMPILE) --upgrade --extra dev --extra build --output-file requirements-dev.txt
	$(COMPILE) --upgrade --constraint requirements-dev.txt --output-file requirements.txt

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .coverage* build dist
