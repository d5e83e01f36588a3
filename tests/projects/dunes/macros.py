"""What another site has for a face: all of the installed engine's."""

from manchette.macros import *  # noqa: F403
