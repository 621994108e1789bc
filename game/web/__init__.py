"""The workshop in a browser: a room on the trainer's computer, and the same screens as pages."""
