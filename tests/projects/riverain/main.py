"""The site's own macros."""


def define_env(env):
    """Give the site its macros."""

    @env.macro
    def tide(hour):
        """Say when the tide is high."""
        return f"pleine mer à {hour} h : <b>{env.variables['extra'].get('port', 'Mortagne')}</b>"
