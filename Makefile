# Everything is set up in .venv/ on first use; `make` alone lists what there is.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
PROVIDE := $(BIN)/python -m tools.machine
# Else a banner on Material's future stands over every build.
export NO_MKDOCS_2_WARNING := 1

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

# What MkDocs' own dependencies announce to it is not for who writes an annotation.
serve build offline: export PYTHONWARNINGS := ignore::DeprecationWarning

serve: .venv/run ## read the site at http://127.0.0.1:8000, rebuilt at every save; elsewhere with PORT=8001
	$(BIN)/mkdocs serve$(if $(PORT), --dev-addr 127.0.0.1:$(PORT))

build: .venv/run ## build the site into site/; any problem ends it
	CI=true $(BIN)/mkdocs build --strict --clean

# What only a server's readers ask for stays out: the search's index too, which is in another order in every build. Modes
# and times are the same everywhere, so that the same site gives the same bytes.
OFFLINE := dist/manchette-hors-ligne
offline: .venv/run ## build the site as an archive to read from a disk, without a server: dist/manchette-hors-ligne.zip
	SITE_URL= CI=true $(BIN)/mkdocs build --strict --clean --no-directory-urls --site-dir $(OFFLINE)
	@rm -rf $(OFFLINE).zip $(OFFLINE)/404.html $(OFFLINE)/sitemap.xml* $(OFFLINE)/assets/manchette/index
	@chmod -R u=rwX,go=rX $(OFFLINE)
	@find $(OFFLINE) -exec touch -t 198001020000 {} +
	$(BIN)/python -m zipfile -c $(OFFLINE).zip $(OFFLINE)

# Each part runs whatever the others say. Where the branch is not known, `--since` says so.
check: .venv/test ## what a pull request will be told of its texts and annotations
	@failed=; \
	base=$$(git merge-base HEAD origin/main 2>/dev/null || git merge-base HEAD main 2>/dev/null || echo main); \
	$(BIN)/manchette check --since "$$base" || failed=1; \
	$(MAKE) --no-print-directory words || failed=1; \
	$(MAKE) --no-print-directory build || failed=1; \
	test -z "$$failed"

words: .venv/test
	@$(if $(CI),$(PROVIDE) hunspell)
	$(BIN)/pytest -rs -k 'spelling or schemas' tests/test_this_site.py tests/test_first_article.py

test: .venv/test lint ## the tests that need Python and one Chromium
	@$(PROVIDE) chromium $(if $(CI),hunspell)
	$(BIN)/pytest -n auto --dist worksteal -m 'not full'

test-all: .venv/full node_modules/.checkers lint ## all tests; a missing tool is a named skip, a failure where CI is set
	@$(PROVIDE) chromium $(if $(CI),firefox java node hunspell)
	MANCHETTE_FUZZ=$${MANCHETTE_FUZZ:-120} $(BIN)/pytest -n auto --dist worksteal

lint: .venv/test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: .venv/bench ## time what bench/ measures; with BENCH_FULL=1 a library of 1,000 articles too
	@for file in bench/*.py; do echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

wheel: .venv/run ## build the package into dist/
	@rm -rf build dist # what an earlier build left would be packed too
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

picture: build .venv/test ## take README's picture anew
	@$(PROVIDE) chromium
	$(BIN)/python -m tools.picture

lighthouse: build .venv/test node_modules/.all ## Lighthouse's scores for the front page and an article
	@$(PROVIDE) chromium
	$(BIN)/python -m tools.lighthouse

lock: .venv/run ## write requirements/ and package-lock.json anew from pyproject.toml and package.json
	$(PIP) uv
	@for set in "run build" "test test" "full full" "bench bench"; do set -- $$set; \
	  $(BIN)/uv pip compile pyproject.toml --extra search --group $$2 --upgrade --universal --python-version 3.11 --generate-hashes --quiet \
	    --no-emit-index-url --no-emit-find-links --no-header --no-annotate --output-file requirements/$$1.txt || exit 1; done
	npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved

clean: ## remove what the commands above made, .venv/ too
	rm -rf .venv site node_modules build dist

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one: make PYTHON=...")'
	$(PYTHON) -m venv .venv
	@touch $@

# --no-deps: the lists are complete, so pip has nothing to choose. Each list holds the one before it.
.venv/run: .venv/python requirements/run.txt pyproject.toml
	$(PIP) --no-deps --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: .venv/run requirements/test.txt
	$(PIP) --no-deps --require-hashes -r requirements/test.txt
	@touch $@

.venv/full: .venv/test requirements/full.txt
	$(PIP) --no-deps --require-hashes -r requirements/full.txt
	@touch $@

.venv/bench: .venv/test requirements/bench.txt
	$(PIP) --no-deps --require-hashes -r requirements/bench.txt
	@touch $@

# Without npm the tests that need these say so. --ignore-scripts: one of them would fetch a Java of its own.
NPM_CI = command -v npm >/dev/null || exit 0; npm ci --silent --ignore-scripts
node_modules/.checkers: package-lock.json
	@$(if $(CI),$(PROVIDE) node)
	@$(NPM_CI) --omit=optional; mkdir -p $(@D); touch $@

node_modules/.all: package-lock.json
	@$(NPM_CI); mkdir -p $(@D); touch $@ $(@D)/.checkers

.PHONY: help serve build offline check words test test-all lint bench wheel picture lighthouse lock clean
