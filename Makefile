# What a person needs: `make run`. What a machine needs: `make setup && make check && make test`.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help setup run test check proof bench bundle bindings tour clean

TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
# One build for tests, lints and the tour: a second set of features would build the window's 600 crates once more.
TESTED := --workspace --features dossierkluis-desktop/e2e
RELEASED := --workspace
# Programs and tests in one go: built by themselves the programs would have other features, and with them half the crates a second build.
BUILT := --lib --bins --tests
DENY := $(TARGET)/tools/bin/cargo-deny
TAURI := $(TARGET)/tools/node_modules/.bin/tauri
UI := ui/dist/index.html
say = printf '\n== %s\n' "$(1)"

help: ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

setup: ## what a bare Debian or Ubuntu still needs
	@scripts/setup

run: setup $(UI) ## builds everything and opens the window
	@if [[ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]]; then
		$(call say,there is no display here: the tour goes through the real window on a screen in memory instead)
		$(MAKE) --no-print-directory tour
	else
		$(call say,building the window (the first time takes some minutes))
		cargo build --release -p dossierkluis-desktop -p kluis --features dossierkluis-desktop/custom-protocol
		$(call say,opening the window)
		"$(TARGET)/release/dossierkluis" $(FOLDER)
	fi

test: $(UI) ## every test, those of the real window too
	@$(call say,building what is tested; the tests of the pages beside it)
	mkdir -p "$(TARGET)"
	(cd ui && npm test --silent) > "$(TARGET)/pages.log" 2>&1 & pages=$$!
	cargo build $(TESTED) $(BUILT)
	$(call say,tests of the pages)
	wait $$pages || { cat "$(TARGET)/pages.log"; exit 1; }
	tail -5 "$(TARGET)/pages.log"
	$(call say,tests of the program)
	cargo test $(TESTED)
	$(call say,and of the window as it is released)
	cargo test $(RELEASED) --bins

check: $(UI) $(DENY) ## form, lints, types, licences, and whether the border is as generated
	@$(call say,form)
	cargo fmt --all --check
	$(call say,lints)
	cargo clippy $(TESTED) --all-targets -- -D warnings
	# As released: a private web view, and no door for tests.
	cargo clippy $(RELEASED) --all-targets -- -D warnings
	$(call say,types of the pages)
	cd ui && npm run check --silent
	cd ..
	$(call say,licences and sources (advisories need the network: cargo deny check advisories))
	"$(DENY)" check bans licenses sources
	$(call say,the border between window and program)
	cargo test $(TESTED) --bin dossierkluis the_page_knows_the_commands

proof: $(UI) ## kills and broken disks at every write, every byte of the database flipped; prints the table (an hour)
	PROOF_ALL=1 cargo test $(TESTED) --test proof
	PROOF_ALL=1 cargo test $(TESTED) --test stories damage:: -- --nocapture

bench: $(UI) ## how fast it is, at full size, and how fast the window starts
	cargo build --release -p dossierkluis-desktop --features custom-protocol
	cargo bench -p dossierkluis-tests --benches

bindings: $(UI) ## writes ui/src/lib/ipc/bindings.ts from the commands
	WRITE_BINDINGS=1 cargo test $(TESTED) --bin dossierkluis the_page_knows_the_commands

# Paths of this machine say who built it, and make two builds differ.
REMAP := --remap-path-prefix=$(abspath .)=dossierkluis --remap-path-prefix=$(or $(CARGO_HOME),$(HOME)/.cargo)=cargo --remap-path-prefix=$(or $(RUSTUP_HOME),$(HOME)/.rustup)=rustup
bundle: $(UI) $(TAURI) ## a .deb that carries its own OpenSSL
	RUSTFLAGS="$(REMAP)" "$(TAURI)" build --bundles deb --features vendored-openssl
	ls -l "$(TARGET)"/release/bundle/deb/*.deb

tour: setup $(UI) ## plays the main job in the real window; numbered pictures in target/tour
	@$(call say,building the program under test)
	cargo build $(TESTED) $(BUILT)
	$(call say,the tour)
	rm -rf "$(TARGET)/tour"
	TOUR="$(TARGET)/tour" cargo test $(TESTED) --test tour -- --nocapture
	$(call say,pictures)
	ls "$(TARGET)"/tour/*.png

clean: ## takes away what was built
	rm -rf "$(TARGET)" ui/dist ui/node_modules

ui/node_modules/.package-lock.json: ui/package.json ui/package-lock.json
	@$(call say,packages of the pages)
	# Not `npm ci`: the lock file lacks optional packages for systems that some registries do not carry, and npm refuses that.
	cd ui && npm install --no-save --no-fund --no-audit

$(UI): ui/node_modules/.package-lock.json $(shell find ui/src ui/messages ui/public -type f -not -path '*/generated/*' 2>/dev/null) ui/index.html ui/vite.config.ts
	@$(call say,the pages)
	cd ui && npm run build --silent
	touch dist/index.html

$(DENY):
	@$(call say,cargo-deny)
	# Asked once or twice: building it fast counts for more than how fast it is.
	cargo install --debug --locked --quiet cargo-deny@0.20.2 --root "$(TARGET)/tools"

$(TAURI):
	@$(call say,the bundler)
	npm install --no-fund --no-audit --prefix "$(TARGET)/tools" @tauri-apps/cli@2.12.5
