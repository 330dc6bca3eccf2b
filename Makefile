# `make run` opens PLN and `make test` runs its tests; both set up all they need. `make help` names the rest.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run demo venv venv-dev system-run system-test test test-long test-real bench lint format lock

# Words for the program: make run ARGS="--profile /tmp/try"
ARGS ?=

help:
	@echo "make run        set everything up and open PLN"
	@echo "make demo       open a throw-away profile with an invented network"
	@echo "make test       set everything up, check the code and run the tests"
	@echo "make venv       make .venv/ with the program in it: .venv/bin/pln"
	@echo "make test-long  the tests in their full length"
	@echo "make test-real  the tests that need a session of their own with a password store"
	@echo "make bench      the benchmarks, with plain Qt and SQLite beside them"
	@echo "make lint       the checks without the tests"
	@echo "make format     put the code into its standard form"
	@echo "make lock       write the hashed requirement files anew"

venv:
	@sh scripts/setup.sh program

venv-dev:
	@sh scripts/setup.sh development

system-run: venv
	@.venv/bin/python scripts/system_needs.py run

system-test: venv-dev
	@.venv/bin/python scripts/system_needs.py test

run: system-run
	@sh scripts/run.sh $(ARGS)

demo: system-run
	@sh scripts/run.sh demo $(ARGS)

test: system-test
	@sh scripts/check.sh ruff format mypy imports tests

test-long: system-test
	@sh scripts/check.sh ruff format mypy imports long-tests

test-real: venv-dev
	@.venv/bin/python scripts/system_needs.py real
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} sh scripts/with_keyring.sh .venv/bin/pytest -m real

bench: system-test
	@sh scripts/bench.sh $(ARGS)

lint: venv-dev
	@sh scripts/check.sh ruff format mypy imports

format: venv-dev
	@.venv/bin/ruff check --fix-only
	@.venv/bin/ruff format

lock:
	@sh scripts/lock.sh
