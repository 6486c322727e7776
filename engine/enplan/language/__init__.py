"""The words of the rule language, one module per part of the sentence; see docs/language.md."""
