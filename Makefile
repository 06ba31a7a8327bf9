.PHONY: help run test bench screenshots pictures prepare lock wheel installer installer-check frozen reproducible clean
.DEFAULT_GOAL := help

help:  ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 18

run:  ## install what is missing, then open the window on a demonstration base; the same work without a window where there is no display
	@sh .ci/tasks.sh run

test:  ## install what is missing, then ruff, mypy --strict, import contracts, pytest
	@sh .ci/tasks.sh test

bench:  ## time every promise against its floor; build/bench.json
	@sh .ci/tasks.sh bench

screenshots:  ## a picture of each tab, in build/screenshots
	@sh .ci/tasks.sh screenshots

pictures:  ## the same, then into docs/images those that README and guide show
	@sh .ci/tasks.sh pictures

prepare:  ## only install what is missing
	@sh .ci/tasks.sh prepare

lock:  ## write requirements*.lock again from pyproject.toml
	@sh .ci/tasks.sh lock

installer:  ## the Windows installer and the Linux packages, in dist
	@sh .ci/tasks.sh installer

installer-check:  ## try what lies in dist: self-tests, a clean Debian, wine 10
	@sh .ci/tasks.sh installer-check

frozen:  ## only the Linux folder, and its self-test
	@sh .ci/tasks.sh frozen

reproducible:  ## build everything twice and compare (half an hour)
	@.venv/bin/python -m installers.reproducible

wheel: prepare  ## the wheel and its SHA-256, in dist
	@.venv/bin/python build_installer.py wheel

clean:  ## remove what was made, except the virtual environment
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
