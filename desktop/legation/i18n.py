"""Words for people: marking strings for translation and translating them when they are shown, by gettext.

`N_` marks a string in a table or a default; `_` translates when it is shown. The pseudo-language "xx" brackets and
accents every marked string, so that a test finds those that are not marked. No Qt here.
"""

from __future__ import annotations

import gettext
from functools import cache

from legation.paths import resources

DOMAIN = "legation"
PSEUDO = "xx"
_ACCENTS = str.maketrans("aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝçñšž")


class _PseudoTranslations(gettext.NullTranslations):
    """Brackets and accents every string and leaves the names in braces alone."""

    def gettext(self, message: str) -> str:
        parts = message.split("{")
        shown = [parts[0].translate(_ACCENTS)]
        for part in parts[1:]:
            name, brace, rest = part.partition("}")
            shown.append("{" + name + brace + rest.translate(_ACCENTS))
        return "[" + "".join(shown) + "]"

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return self.gettext(singular if count == 1 else plural)


class _Language:
    """The language in use; one object, so that no name is rebound."""

    def __init__(self) -> None:
        self.translations: gettext.NullTranslations = gettext.NullTranslations()


_language = _Language()


def set_language(code: str) -> None:
    """Use the catalogue of a language; English where none is found.

    "xx" is the pseudo-language; an empty code follows the system (LANGUAGE, LC_ALL, LC_MESSAGES, LANG).
    """
    _language.translations = _catalogue(code)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == PSEUDO:
        return _PseudoTranslations()
    return gettext.translation(
        DOMAIN, str(resources() / "translations"), languages=[code] if code else None, fallback=True
    )


def _(message: str) -> str:
    """The message in the language in use."""
    return _language.translations.gettext(message) if message else ""


def language() -> str:
    """The code of the language in use: that of the catalogue, English where there is none."""
    return _language.translations.info().get("language", "") or "en"


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of the message that fits the count, in the language in use."""
    return _language.translations.ngettext(singular, plural, count)


def N_(message: str) -> str:  # the name that gettext's tools look for
    """Mark a message for translation without translating it."""
    return message
