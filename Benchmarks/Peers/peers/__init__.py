# SPDX-License-Identifier: Apache-2.0
"""The parts of peers.py. The reading of runs and the intervals are those of Benchmarks/Quality."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "Quality"))
