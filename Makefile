# make book | make test | make lint | make notebooks | make fix | make jupyter | make browsers
# make print | make bench | make clean
# PYTHON=... chooses the interpreter, SERVE=0 builds without serving.

PYTHON ?= $(firstword $(foreach name,python3.14 python3.13 python3.12 python3.11 python3 python,$(shell \
  $(name) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
READY := .venv/ready
SERVE ?= $(if $(filter true 1,$(CI)),0,1)

# Pages carry the date of the last commit at most, so that the same commit builds the same pages.
# What is unpacked from a zip has none, and its pages carry no date.
COMMITTED := $(if $(wildcard .git),$(shell git log -1 --format=%ct 2>/dev/null))
ifneq ($(COMMITTED),)
export SOURCE_DATE_EPOCH ?= $(COMMITTED)
endif

.PHONY: book html test lint notebooks fix jupyter browsers print bench clean

book: html
ifneq ($(SERVE),0)
	@$(BIN)/python tools/serve.py _build/html
endif

# Without the old pages Sphinx writes them all again, from what it has read and executed before:
# seconds, and no file of an earlier state is left over.
# The browser's Python is packed where something of it has changed; see tools/python_runtime.py.
html: $(READY)
	$(BIN)/python tools/python_runtime.py
	rm -rf _build/html
	$(BIN)/jupyter-book build . -W -n --keep-going

# nbval compares with what the build got: see tools/replay.py. Tests that look at one page run in one
# process, which opens it once, and in the order of tests/conftest.py: see there.
test: lint html
	JUPYTER_PATH=$(CURDIR)/tools $(BIN)/python -m pytest --numprocesses 2 --dist loadscope \
	  --no-loadscope-reorder --nbval --nbval-kernel-name replay tests book

# Without a cache, which does not notice that a new folder changes what an import means.
lint: $(READY)
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --check .
	$(BIN)/python tools/spelling.py
	$(BIN)/python tools/scripts.py

notebooks: $(READY)
	$(BIN)/python tools/questions.py
	$(BIN)/python tools/notebooks.py --execute

fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python tools/questions.py
	$(BIN)/python tools/notebooks.py

# Every chapter in JupyterLab and in Notebook, where `make test` takes two in JupyterLab.
jupyter: $(READY)
	CHAPTERS=all $(BIN)/python -m pytest tests/site/test_chapters_in_jupyter.py

# All figures and questions in Firefox and in WebKit, where `make test` takes one chapter.
browsers: html
	BROWSERS=all $(BIN)/python -m pytest --numprocesses 2 --dist load tests/site/test_figures_elsewhere.py

# The whole book on paper; it needs a Chromium, as the tests do.
print: html
	$(BIN)/python tools/pdf.py _build/html _build/downhill.pdf

# The libraries it compares with are large and no other command needs them.
bench: $(READY)
	$(BIN)/python -m pip install --quiet --requirement benchmarks/requirements.txt
	$(BIN)/python -m benchmarks

# The environment stays: `rm -rf .venv` takes that away too.
clean:
	rm -rf _build tools/javascript/node_modules .pytest_cache .hypothesis .ruff_cache

# The last line lets Matplotlib make its list of fonts here and not in the first notebook.
$(READY): requirements.txt constraints.txt pyproject.toml tools/hashes.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 to 3.14 is needed; PYTHON=... names it."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --require-hashes --requirement tools/hashes.txt
	$(BIN)/python -m pip install --no-deps --no-build-isolation --editable .
	$(BIN)/python -c "import matplotlib.font_manager"
	touch $(READY)
