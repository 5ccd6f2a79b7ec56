"""policy_ie: German press releases of governments and municipalities as typed event records."""

__version__ = "0.1.0"
