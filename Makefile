# The only commands; CI calls them. Each sets up by itself what it needs.
PYTHON ?= python3.11
BIN := .venv/bin
READY := .venv/ready
NOTEBOOKS = $(wildcard notebooks/*.ipynb notebooks/exercises/*.ipynb casestudies/*.ipynb casestudies/*/case.ipynb)

.PHONY: demo test check lab app notebooks book slides bench lock clean

demo: $(READY)  ## the whole main job on the sample company
	$(BIN)/kam demo

# Three workers on two cores: browsers, kernels and killed batches are waited for. Threads of
# linear algebra would fight with them.
test: check  ## everything CI runs
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 3 --dist loadfile \
		--hypothesis-profile=ci --durations=20
	JUPYTER_DEFAULT_PROVISIONER_NAME=kam-warm $(BIN)/python -m pytest \
		-n 2 --dist loadfile --nbval $(NOTEBOOKS) -q -W default

check: $(READY)  ## style, types and floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lab: $(READY)  ## JupyterLab on the notebooks
	$(BIN)/kam lab

app: $(READY)  ## explorers, game, cases and exercises in a browser
	$(BIN)/kam app

notebooks: $(READY)  ## runs the notebooks and keeps their outputs in them
	$(BIN)/jupyter nbconvert --to notebook --execute --inplace \
		--ExecutePreprocessor.record_timing=False \
		--ExecutePreprocessor.store_widget_state=False \
		$(NOTEBOOKS)
	$(BIN)/python -m kamtools.publishing.pictures $(NOTEBOOKS)

book: $(READY) slides  ## the playbook as pages in book/, the decks in book/slides/
	$(BIN)/sphinx-build -q -W --keep-going -c playbook -d build/book . book

slides: $(READY)  ## one deck a unit
	$(BIN)/sphinx-build -q -W --keep-going -b revealjs -d build/slides playbook/slides book/slides

bench: $(READY)  ## the tables of benchmarks/README.md
	$(BIN)/python -m benchmarks.ledger
	$(BIN)/python -m benchmarks.smaa
	$(BIN)/python -m benchmarks.programme
	$(BIN)/python -m benchmarks.selection_run
	$(BIN)/python -m benchmarks.assignment
	$(BIN)/python -m benchmarks.dependence
	$(BIN)/python -m benchmarks.simulation
	$(BIN)/python -m benchmarks.network
	$(BIN)/kam sample build/bench-company
	$(BIN)/python -m benchmarks.start build/bench-company
	$(BIN)/python -m benchmarks.batch

lock: $(READY)  ## new versions for requirements.lock
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra app --extra book --extra postgres --extra scale \
		--extra dev --generate-hashes --python-version 3.11 --no-header --no-annotate --upgrade -o requirements.lock

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(READY)

clean:  ## removes what the commands made
	rm -rf .venv demo book build jupyter_execute
