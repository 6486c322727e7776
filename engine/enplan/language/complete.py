"""Completing the words that speak of words defined in other modules.

Patterns, anchors and conditions speak of each other, so no order of modules defines each before it is used. Completing
them takes a tenth of a second; it is needed before files of rules are validated, not before loaded rules are used.
"""

from functools import cache

from enplan.language import acts, conditions, legislation, patterns, rules, triggers, windows
from enplan.language.words import Word


@cache
def complete() -> None:
    """Complete every word of the rule language, once in a process."""
    modules = (patterns, windows, conditions, triggers, acts, rules, legislation)
    scope = {name: value for module in modules for name, value in vars(module).items()}
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Word) and value.__module__ == module.__name__:
                value.model_rebuild(_types_namespace=scope)
