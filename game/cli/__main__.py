"""`python -m game.cli`: what `run.py` hands over to."""

from __future__ import annotations

import sys

from game.cli.main import main

sys.exit(main())
