# The only front door. `make` alone lists what it can do.
# Longer recipes are shell scripts in tools/; nothing there is meant to be called by hand.

PORT ?= 8000
PYTHON_IN = .venv/bin/python
MANAGE = $(PYTHON_IN) manage.py
# Some containers set it; then each process compiles Django and all tests anew, for seconds.
unexport PYTHONDONTWRITEBYTECODE
# Warnings as in development, but without its slow check of memory that C extensions use.
PYTEST = PYTHONDEVMODE=1 PYTHONMALLOC=pymalloc $(PYTHON_IN) -m pytest
PARALLEL ?= -n 2
IS_QUICK = not browser and not rig and not slow
QUICK = $(PARALLEL) -m "$(IS_QUICK)"
SLOW = $(PARALLEL) -m slow
# Those of them whose subject is the database.
OF_DATABASE = tests/assessment/test_migrations.py tests/careers/test_migrations.py \
	tests/test_backups.py tests/test_release.py tests/test_replica.py
TEMPLATES = find templates -name '*.html' -print0 | xargs -0

# What `check --deploy` needs to see: an installation as it should be, made up here.
LIKE_PRODUCTION = SECRET_KEY="$$($(PYTHON_IN) tools/secret_key.py)" DEBUG=false \
	HTTPS=true ALLOWED_HOSTS=tpmguide.example DATABASE_URL=sqlite://:memory: \
	EMAIL_URL=smtp://mail.invalid

.DEFAULT_GOAL := help
.PHONY: help env run serve admin seed test agree mutants load crash power pdf-load first-visit drill fuzz growth cost ci checks lint format clean \
	dev-env port database browser pango nginx types directions system \
	test-sqlite test-slow test-postgres test-browser test-rigs

help: ## list these targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' Makefile

# Environment
# ------------------------------------------------------------------------------------

env: .venv/.runtime ## make .venv from the lock (nothing else is touched)

dev-env: .venv/.dev

.venv/.runtime: uv.lock pyproject.toml tools/environment
	@sh tools/environment --no-dev --extra pdf
	@touch $@

.venv/.dev: uv.lock pyproject.toml tools/environment
	@sh tools/environment
	@touch $@ .venv/.runtime

.venv/.production: uv.lock pyproject.toml tools/environment
	@sh tools/environment --no-dev --all-extras
	@touch $@ .venv/.runtime

.env: | .venv/.runtime
	@umask 077; printf 'SECRET_KEY=%s\nDEBUG=true\n' \
		"$$($(PYTHON_IN) tools/secret_key.py)" > $@
	@echo "Wrote .env: a secret and DEBUG=true, for development on this machine."

# Use
# ------------------------------------------------------------------------------------

run: .venv/.runtime port database ## start the app with the framework in it, on PORT=8000
	@trap : INT; PORT="$(PORT)" WORKERS=1 WITH_WORKER=1 sh tools/serve

serve: .venv/.production port ## start in production, settings from the environment or .env
	@$(MANAGE) release
	@trap : INT; PORT="$(PORT)" sh tools/serve

port: .venv/.runtime
	@$(PYTHON_IN) tools/port_is_free.py "$(PORT)"

database: .venv/.runtime .env
	@$(MANAGE) release --verbosity 0

admin: .venv/.runtime .env database ## make an administrator (asks for e-mail and password)
	@$(MANAGE) make_admin

seed: .venv/.runtime .env database ## fill the database with made-up people and reports
	@$(MANAGE) seed_demo

# Tests and checks
# ------------------------------------------------------------------------------------

test: ## run every test, on SQLite and PostgreSQL, in a browser, under load
	@$(MAKE) --no-print-directory test-sqlite
	@$(MAKE) --no-print-directory test-slow
	@$(MAKE) --no-print-directory test-postgres
	@$(MAKE) --no-print-directory test-browser
	@$(MAKE) --no-print-directory test-rigs

test-sqlite: .venv/.dev pango
	@echo "Tests on SQLite:"
	@$(PYTEST) $(QUICK)

test-slow: .venv/.dev pango
	@echo "Slow tests on SQLite: whole installations, PDFs, crawls, migrations:"
	@$(PYTEST) $(SLOW)

test-postgres: .venv/.dev pango
	@url="$$($(PYTHON_IN) tools/find_postgres.py)"; \
	if [ -z "$$url" ]; then \
		echo "Skipped the tests on PostgreSQL: none answers. DATABASE_URL_POSTGRES names one."; \
	else \
		echo "Tests on PostgreSQL:"; \
		export DATABASE_URL_FOR_TESTS="$$url"; \
		$(PYTEST) $(PARALLEL) -m "$(IS_QUICK) and database" \
			&& $(PYTEST) $(SLOW) $(OF_DATABASE); \
	fi

test-browser: .venv/.dev browser
	@echo "Tests in Chromium:"
	@CHROMIUM="$$(sh tools/browser path)" $(PYTEST) $(PARALLEL) --dist worksteal -m browser tests/browser

browser: .venv/.dev
	@sh tools/browser install

pango: .venv/.dev
	@sh tools/browser pango

test-rigs: .venv/.dev nginx
	@echo "Tests of a real server: the rigs, slow clients, floods:"
	@$(PYTEST) -m rig tests

nginx:
	@sh tools/browser nginx

agree: .venv/.dev pango ## compare reports, pages and files of ten thousand random people
	@SEEDS="$(or $(SEEDS),0-199)" $(PYTEST) $(PARALLEL) tests/assessment/test_agreement.py

mutants: .venv/.dev ## break each rule by hand, one at a time, and look whether its tests notice
	@$(PYTHON_IN) -m tools.mutants $(OF)

load: .venv/.dev ## let fifty people rate at once for a minute, and compare
	@$(PYTHON_IN) -m tools.rig.load $(RIG)

crash: .venv/.dev ## kill -9 the server under load, and look for lost answers
	@$(PYTHON_IN) -m tools.rig.crash $(RIG)

power: .venv/.dev ## cut the power of the database's disk under load; needs root on Linux
	@$(PYTHON_IN) -m tools.rig.power $(RIG)

pdf-load: .venv/.dev pango ## let people rate beside others who fetch PDFs, and compare
	@$(PYTHON_IN) -m tools.rig.pdf_load $(RIG)

first-visit: .venv/.dev browser ## open pages on a slow phone: when they can be read, what jumps
	@$(PYTHON_IN) -m tools.rig.first_visit $(RIG)

drill: .venv/.dev nginx ## let a server, a copy, Redis and the database fail under load
	@$(PYTHON_IN) -m tools.rig.drill $(RIG)

fuzz: .venv/.dev ## send odd requests to every address, and look for errors of ours
	@$(PYTHON_IN) -m tools.rig.fuzz $(RIG)

growth: .venv/.dev ## ask the same of few and of very many assessments on PostgreSQL, and compare
	@$(PYTHON_IN) -m tools.growth $(RIG)

cost: .venv/.dev ## measure the processor time of the report, against a bare page, of scoring and of the impact of a draft
	@$(PYTHON_IN) -m tools.cost
	@$(PYTHON_IN) -m tools.scoring_speed
	@$(PYTHON_IN) -m tools.impact_speed

ci: ## what CI runs: every check, then every test
	@$(MAKE) --no-print-directory checks
	@$(MAKE) --no-print-directory test

checks: lint types directions system

types: .venv/.dev
	$(PYTHON_IN) -m mypy

directions: .venv/.dev
	.venv/bin/lint-imports

system: .venv/.dev
	@for deploy in "" --deploy; do \
		echo "manage.py check $$deploy"; \
		$(LIKE_PRODUCTION) $(MANAGE) check $$deploy --database default \
			--fail-level WARNING || exit 1; \
	done
	@$(LIKE_PRODUCTION) $(MANAGE) makemigrations --check --dry-run
	@$(LIKE_PRODUCTION) $(MANAGE) check_framework
	@$(LIKE_PRODUCTION) $(MANAGE) check_guide

lint: .venv/.dev ## look for faults of style, and change nothing
	@failed=0; \
	$(PYTHON_IN) -m ruff format --check --output-format concise . || failed=1; \
	$(PYTHON_IN) -m ruff check . || failed=1; \
	$(TEMPLATES) .venv/bin/djade --check --target-version 5.2 || failed=1; \
	[ $$failed = 0 ] || echo "make format mends most of it."; exit $$failed

format: .venv/.dev ## mend the style of code and templates
	$(PYTHON_IN) -m ruff format .
	$(PYTHON_IN) -m ruff check --fix .
	$(TEMPLATES) .venv/bin/djade --target-version 5.2

clean: ## remove what can be made again; keeps the database, .env and .venv
	rm -rf .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis \
		staticfiles test-results screenshots
	find . -name __pycache__ -not -path './.venv/*' -not -path './.uv/*' -prune \
		-exec rm -rf {} +
