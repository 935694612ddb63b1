#!/usr/bin/env bash
# Makes bench/peers/.venv, where the benches look for Python unless BENCH_PYTHON names another. Needs Python 3.11 or later.
set -euo pipefail
cd "$(dirname "$0")"
"${PYTHON:-python3}" -m venv .venv
.venv/bin/pip install --quiet --requirement requirements.txt
echo "Ready: $PWD/.venv/bin/python"
