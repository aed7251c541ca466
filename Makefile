# One entry point for every task. Everything lives in .venv; nothing is installed by hand.
#   make demo   set everything up and analyse H3S at 200 GPa with GPAW into a report
#   make test   set everything up and run linters, tests and the strict build of the docs
#   make web    set everything up and open the web lab
#   make frontend  build the pages' programs from frontend/ (needs Node)
#   make check  style, types, layers and the quick laws, for the loop while you work

SHELL := /bin/bash
PY := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export MPLBACKEND := Agg
export NO_MKDOCS_2_WARNING := 1
# GPAW runs one process per crystal; threads inside would only fight for the cores.
export OMP_NUM_THREADS ?= 1
# Without compiled modules every process that a test starts would compile the package anew.
export PYTHONDONTWRITEBYTECODE :=

# Processes that share the tests.
JOBS ?= 2
# Laws that are quick, and the rules of the house.
QUICK := tests/topology --ignore=tests/topology/test_critical_twin.py tests/levels tests/schemas tests/electrodynamics tests/test_house_rules.py \
	tests/test_lazy.py tests/test_public_api.py tests/test_units.py

.PHONY: demo web test lint types style check docs test-slow bench bench-pairing setup setup-dft gpaw gpaw-packages setup-browser \
	frontend frontend-setup frontend-lint clean help

help:
	@sed -n 's/^#   //p' Makefile

demo: setup-dft
	@echo "== Analysing H3S at 200 GPa; results are cached, so a second run is instant"
	@mkdir -p demo-report
	.venv/bin/isotunnel analyze H3S@200GPa -o demo-report/H3S@200GPa.html --figures demo-report
	@echo "== Done. Open demo-report/H3S@200GPa.html in a browser."

web: setup
	.venv/bin/isotunnel serve

# What waits for the network and what keeps a core busy go side by side.
test:
	@$(MAKE) --no-print-directory -j $(JOBS) setup-browser frontend-setup setup-dft
	@$(MAKE) --no-print-directory -j $(JOBS) lint docs
	$(PY) -m pytest -n $(JOBS) --durations=40

check: lint
	$(PY) -m pytest -q -n $(JOBS) $(QUICK)

lint: types style frontend-lint

types: setup
	.venv/bin/mypy

style: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-cache

# Types, style and format of the TypeScript, where Node is.
frontend-lint: frontend-setup
	@if [ -d frontend/node_modules ]; then npm --prefix frontend run --silent check; fi

# The built pages' programs, which are part of the repository.
frontend: frontend-setup
	npm --prefix frontend run --silent build

frontend-setup:
	@bash scripts/install_frontend.sh

docs: setup
	.venv/bin/mkdocs build --strict --quiet

test-slow: setup-dft
	$(PY) -m pytest -m slow

bench: setup
	$(PY) benchmarks/bench_topology.py
	$(PY) benchmarks/bench_procrystal.py
	$(PY) benchmarks/bench_readers.py
	$(PY) benchmarks/bench_screening.py
	$(PY) benchmarks/bench_million.py 100000
	$(PY) benchmarks/bench_eliashberg.py

# Whole pairing calculations by GPAW: tens of minutes, so not among the others.
bench-pairing: setup-dft
	$(PY) benchmarks/bench_pairing.py

setup: .venv/.installed .venv/.kernels .venv/.compiled

.venv/.installed: pyproject.toml scripts/find_python.sh
	@echo "== Setting up .venv (a few minutes the first time)"
	bash scripts/find_python.sh -m venv .venv
	$(PY) -m pip install --quiet --upgrade pip
	$(PY) -m pip install --quiet --no-compile --editable '.[test,lint,docs]'
	@touch $@

.venv/.kernels: .venv/.installed
	@echo "== Compiling the kernels of the tunnels' search and of free atoms, once"
	@.venv/bin/isotunnel tunnels tests/data/h3s_elf.cube.gz --no-files > /dev/null
	@.venv/bin/isotunnel analyze NaCl --engine procrystal --grid 0.4 --no-files > $@.log 2>&1 || \
		{ cat $@.log; exit 1; }
	@touch $@

# Apart from pip, which compiles one module after the other before anything else may begin. A package
# may hold files that are no Python of today; those stay as they are.
.venv/.compiled: .venv/.installed
	@$(PY) -m compileall -qq .venv/lib || true
	@touch $@

setup-dft: setup gpaw

gpaw: .venv/.installed gpaw-packages
	@bash scripts/install_gpaw.sh $(PY)

gpaw-packages:
	@bash scripts/install_gpaw_packages.sh

setup-browser:
	@bash scripts/install_chromium.sh

clean:
	rm -rf .venv site build dist demo-report .pytest_cache .mypy_cache .ruff_cache .hypothesis frontend/node_modules
