"""The window: all that touches pygame."""

import os

# Before pygame is imported: it greets on standard output, where reports of commands stand.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
