# ImgSearch Desktop. Every target is enough by itself on a fresh Debian or Ubuntu with git, make and Python >= 3.11.

.DEFAULT_GOAL := help
.PHONY: help run demo setup setup-dev setup-elasticsearch check test setup-torch test-torch elasticsearch bench screenshot translations lock notices clean
MAKEFLAGS += --no-print-directory
export PHOTOS

bin := .venv/bin

help:  ## list what can be made
	@echo "ImgSearch Desktop: find your photos by describing them."
	@echo
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-26s %s\n", $$1, $$2 }'
	@echo
	@echo "  make run PHOTOS=~/Pictures   adds that folder"
	@echo "  $(bin)/imgsearch --help  the same without a window"

run: setup  ## open the window; PHOTOS=folder adds a folder (without a display: in the terminal)
	@sh packaging/run.sh

demo: setup  ## fetch sample pictures, index them and show searches in four languages
	@$(bin)/python packaging/demo.py

setup:  ## install what running needs into .venv
	@sh packaging/setup.sh base

setup-dev:  ## install what developing needs, too
	@sh packaging/setup.sh dev

check: setup-dev  ## ruff, ruff format, mypy, import contracts, licences
	@$(bin)/ruff check .
	@$(bin)/ruff format --check .
	@$(bin)/mypy
	@MYPYPATH=packaging $(bin)/mypy packaging/*.py
	@$(bin)/lint-imports --no-cache
	@$(bin)/python packaging/notices.py --check

setup-elasticsearch: setup-dev  ## fetch the Elasticsearch server that tests use, once (40 MB; apt brings Maven)
	@$(bin)/python -m tests.support.elasticsearch.distribution

elasticsearch: setup-elasticsearch  ## run a local Elasticsearch to try that engine on; Ctrl-C stops it
	@$(bin)/python -m tests.support.elasticsearch

test: setup-elasticsearch  ## run the tests; ARGS="-k words" passes arguments to pytest
	@QT_QPA_PLATFORM=offscreen $(bin)/python -m pytest -q -n 2 --dist loadfile $(ARGS)

setup-torch:  ## install torch for `make test-torch` into .venv-torch (7 GB)
	@sh packaging/setup.sh torch

test-torch: setup-torch  ## compare the models' towers with torch and sentence-transformers
	@QT_QPA_PLATFORM=offscreen .venv-torch/bin/python -m pytest -q tests/torch $(ARGS)

bench: setup-elasticsearch  ## measure, and write benchmarks/results
	@$(bin)/python -m benchmarks $(ARGS)

screenshot: setup-dev  ## take pictures of the window in its main states; ARGS="dark-100 small" makes some looks
	@$(bin)/python packaging/screenshots.py $(ARGS)

translations: setup-dev  ## gather the texts of the window and compile their translations
	@sh packaging/translations.sh

lock: setup-dev  ## compile the lock files from pyproject.toml; ARGS=--upgrade takes the newest versions
	@sh packaging/lock.sh $(ARGS)

notices: setup-dev  ## write THIRD_PARTY.md from what is installed
	@$(bin)/python packaging/notices.py

clean:  ## remove .venv and everything else that rebuilds itself; photos and libraries stay
	rm -rf .venv .cache .demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
