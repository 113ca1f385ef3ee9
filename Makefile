# SPDX-License-Identifier: Apache-2.0
# The commands of this repository; `make help` lists them.

SHELL := /bin/bash
MODEL := smollm2-135m-instruct
HONE := .build/release/hone

# llama.cpp is found here when it was built from source, else where the system has it. The array
# library for training is always here; HONE_TRAINING=0 builds without it.
export PKG_CONFIG_PATH := $(CURDIR)/.deps/llama/lib/pkgconfig:$(CURDIR)/.deps/mlx/lib/pkgconfig$(if $(PKG_CONFIG_PATH),:$(PKG_CONFIG_PATH))

.DEFAULT_GOAL := help
.PHONY: help setup demo test build release model bench-engine bench-training bench-client bench-programs bench-tpe format lint docs check smoke clean distclean

help: ## List the targets
	@echo "Hone finds better prompts for language models."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

setup: ## Install what is missing and build llama.cpp; does nothing when all is there
	@Scripts/setup

demo: release ## Improve the prompt of the support-tickets example with the embedded model
	@$(HONE) models pull $(MODEL)
	@$(HONE) optimize Examples/support-tickets/task.yaml

test: setup ## Run all tests, those with the embedded model included
	@Scripts/test

build: setup ## Build for debugging
	swift build

release: setup ## Build for use, as .build/release/hone
	swift build -c release --product hone

model: release ## Download the default model
	@$(HONE) models pull $(MODEL)

bench-engine: setup ## Compare the embedded engine with llama-server and llama-batched-bench
	@Scripts/build-llama --tools
	@Scripts/bench-engine

bench-client: setup ## Measure what a run over a network adds to the server's own time
	@Scripts/bench-client

bench-programs: setup ## Measure the processor time of a program of three stages beside the model
	@Scripts/bench-programs

bench-tpe: setup ## Compare the sampler of mipro with Optuna's
	@Scripts/bench-tpe

bench-training: setup ## Time the training of prompters, beside PyTorch where it is at hand
	@Scripts/bench-training

format: ## Put all Swift files into the house format
	swift format -i -r -p Sources Tests Package.swift

lint: ## Check the format without changing anything
	swift format lint --strict -r -p Sources Tests Package.swift

docs: setup ## Build the documentation, warnings are errors
	@Scripts/docs

check: setup ## Run every check that is not a test
	@Scripts/check

smoke: release model ## Run the demo with a tiny budget
	@Scripts/smoke

clean: ## Remove what was built from this repository
	swift package clean

distclean: ## Remove everything built or downloaded here, llama.cpp too (models stay)
	rm -rf .build .deps
