"""enplan: Danish municipal law on plans as declarative process and documentation rules."""

__version__ = "0.1.0"
