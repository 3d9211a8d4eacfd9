# Clepsydra: `make run` opens the app, `make test` runs the tests; each installs first what is missing.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: run demo test search check bench bench-calls bench-cash audio man lock clean help

PY := .venv/bin/python
CATALOGUES := $(wildcard app/clepsydra/language/locale/*/LC_MESSAGES/*.po)
TRANSLATED := $(CATALOGUES:.po=.mo)

run: .venv/.run $(TRANSLATED) ## open the app; ARGS="status" gives it a command
	@.venv/bin/clepsydra $(ARGS)

demo: .venv/.run $(TRANSLATED) ## open a sample year, apart from your own data
	@.venv/bin/clepsydra demo

test: .venv/.test $(TRANSLATED) ## run all tests; ARGS="-k rounding" goes to pytest
	@$(PY) -m pytest $(ARGS)

search: .venv/.test $(TRANSLATED) ## look for new examples that break a law; ARGS="-k overage" says of which
	@$(PY) -m pytest --hypothesis-profile=search $(ARGS)

check: .venv/.test ## format, lint, types, import layers
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports

bench: .venv/.test $(TRANSLATED) ## what it costs with a million sessions; ARGS="--sessions 100000" is quicker
	@PYTHONPATH=app $(PY) -m tests.bench $(ARGS)

bench-calls: .venv/.test ## how well calls are noticed, in figures; ARGS="--seed 7 --rounds 5"
	@PYTHONPATH=app $(PY) -m tests.bench.calls $(ARGS)

bench-cash: .venv/.test ## how often the band of expected cash holds; ARGS="--books 200 --seed 7"
	@PYTHONPATH=app $(PY) -m tests.bench.cash $(ARGS)

audio: .venv/.run ## try again to install the audio extra
	@sh tools/install.sh audio

man: .venv/.run $(TRANSLATED) ## write the manual page, docs/clepsydra.1, from the tables of the help
	@.venv/bin/clepsydra --language en man > docs/clepsydra.1

lock: .make/lock/bin/uv ## write lock/*.txt again; ARGS=--upgrade moves the versions
	@.make/lock/bin/python tools/lock.py $(ARGS)

clean: ## remove what these commands made, the environment included
	rm -rf .venv .make dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -f $(TRANSLATED)
	rm -rf __pycache__
	find app tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## say what can be typed here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

# An installation lasts until what it was made from changes.
.venv/.run: pyproject.toml hatch_build.py lock/run.txt lock/audio.txt lock/pyaudio.txt tools/install.sh tools/system.sh
	@sh tools/install.sh run
	@touch $@

.venv/.test: .venv/.run lock/dev.txt
	@sh tools/install.sh test
	@touch $@

%.mo: %.po | .venv/.run
	@$(PY) hatch_build.py $<

.make/lock/bin/uv:
	@python3 -m venv .make/lock
	@.make/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
