# The four words that a newcomer needs: run, test, check, bench. `make` alone lists them.
# Kept to what GNU make 3.81 (macOS) and a POSIX sh understand.

HOST = 127.0.0.1
PORT = 8000
ARGS =
BIN = .venv/bin
PY = $(BIN)/python

help: ## list these words
	@sed -n 's/^\([a-z]*\):.* ## \(.*\)/make \1	\2/p' Makefile

run: ## set up if needed, load the sample story, start the web server and the worker (PORT=8001 for another port)
	@bin/setup
	@exec $(PY) manage.py serve --host $(HOST) --port $(PORT)

test: ## every test, the browser's included (ARGS="tests/web -x" for some of them)
	@bin/setup --dev
	@exec $(PY) -m pytest $(ARGS)

check: format lint templates types migrations security production ## format, lint, templates, types, migrations, security, production settings

format lint templates types migrations security production: setup

setup:
	@bin/setup --dev

format:
	$(PY) -m ruff format --check .

lint:
	$(PY) -m ruff check .

templates:
	find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} +

types:
	$(PY) -m mypy

migrations:
	$(PY) manage.py makemigrations --check --dry-run

security:
	$(PY) -m bandit --quiet --configfile pyproject.toml --recursive claims manage.py

production:
	DEBUG=0 ALLOWED_HOSTS=claims.example SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')" \
		$(PY) manage.py check --deploy --fail-level WARNING

bench: ## measure speed and quality; benchmarks/README.md holds the results
	@bin/setup --dev
	@exec $(PY) -m benchmarks $(ARGS)

fix: setup
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .
	find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

.PHONY: help run test check format lint templates types migrations security production bench setup fix
