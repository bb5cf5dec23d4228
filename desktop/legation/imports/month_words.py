"""Dates in the words of other languages, as the English reading takes them: names of months, small words, figures.

Only what stands in tables: 3 février 2020, 3. Februar 2020, 3 de febrero de 2020, 3 февраля 2020 г., 2020年2月3日,
令和2年2月3日.
"""

from __future__ import annotations

import re
from functools import lru_cache

from legation.fields.folding import fold
from legation.fields.fuzzy_dates import MONTHS

_NAMES = {  # by language: the twelve months, further forms after a stroke
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "de": "januar/janner februar/feber marz april mai juni juli august september oktober november dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "tr": "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "pl": "styczen/stycznia luty/lutego marzec/marca kwiecien/kwietnia maj/maja czerwiec/czerwca lipiec/lipca "
    "sierpien/sierpnia wrzesien/wrzesnia pazdziernik/pazdziernika listopad/listopada grudzien/grudnia",
    "ar": "يناير/كانون_الثاني فبراير/شباط مارس/اذار أبريل/ابريل/نيسان مايو/ايار يونيو/حزيران يوليو/تموز أغسطس/اغسطس/اب "
    "سبتمبر/ايلول أكتوبر/اكتوبر نوفمبر ديسمبر",
    "ru": "январь/января февраль/февраля март/марта апрель/апреля май/мая июнь/июня июль/июля август/августа "
    "сентябрь/сентября октябрь/октября ноябрь/ноября декабрь/декабря",
}
_SHORT = {  # short forms that are not the beginning of an English name
    "janv": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "aout": 8, "dez": 12, "okt": 10, "mai": 5, "mrz": 3, "ene": 1,
    "abr": 4, "ago": 8, "dic": 12, "gen": 1, "mag": 5, "giu": 6, "lug": 7, "set": 9, "ott": 10, "out": 10, "mrt": 3,
    "yanv": 1, "apr": 4, "avg": 8, "sent": 9, "noyab": 11, "dek": 12, "sty": 1, "lut": 2,
    "kwi": 4, "maj": 5, "cze": 6, "lip": 7, "sie": 8, "wrz": 9, "paz": 10, "lis": 11, "gru": 12,
}  # fmt: skip
_SMALL = {"de", "del", "du", "le", "la", "el", "den", "der", "am", "vom", "von", "g", "goda", "года", "di", "do"}
_TO = {"bis", "au", "al", "ate", "tot", "till", "po", "do", "hasta", "a"}
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_HAN = re.compile(r"(\d{4})\s*[年년](?:\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일号])?)?(?:\s*[(（]\w{1,3}[)）])?")
_ERA = re.compile(
    r"(明治|大正|昭和|平成|令和|民國|民国|(?<![A-Za-z])[MTSHR])\s*(元|\d{1,3})(?:\s*年|(?=\.\d{1,2}\.\d{1,2}$))"
)
_BEFORE = {  # the year before the first of each era; Japan's, and that of the Republic of China
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911,
    "M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018,
}  # fmt: skip
_ORDINAL_DOT = re.compile(r"\b(\d{1,2})(?:\.|er|re|º|ª|e|ième|°)(?=\s|$)")


def _months() -> dict[str, int]:
    found = {fold(name): number for name, number in _SHORT.items()}
    for names in _NAMES.values():
        for number, forms in enumerate(names.split(), 1):
            found.update({fold(form): number for form in forms.split("/")})
    for number, name in enumerate(MONTHS, 1):
        found[name.casefold()] = number
    return found


MONTH_WORDS = _months()


def month_of(word: str) -> int | None:
    """The number of a month by its name in any of the languages; None for any other word."""
    return MONTH_WORDS.get(fold(word))


@lru_cache(maxsize=20000)
def in_english(text: str) -> str:
    """The text of a date with its months in English; unchanged where no word of another language stands in it."""
    text = _ERA.sub(_common_year, text)
    han = _HAN.fullmatch(text.strip())
    if han:
        return "-".join(part.zfill(2) for part in han.groups() if part)
    words = [(match.group(), month_of(match.group())) for match in _WORD.finditer(text)]
    foreign = [word for word, month in words if month and not MONTHS[month - 1].casefold().startswith(word.casefold())]
    if not foreign and not _ORDINAL_DOT.search(text):
        return text

    def translated(match: re.Match[str]) -> str:
        word, folded = match.group(), fold(match.group())
        month = MONTH_WORDS.get(folded)
        if month:
            return MONTHS[month - 1].casefold()
        if folded in _TO and foreign:
            return "-"
        return "" if folded in _SMALL else word

    made = _ORDINAL_DOT.sub(r"\1", text)
    return " ".join(_WORD.sub(translated, made).replace(" .", " ").split()).strip(" .")


def _common_year(era: re.Match[str]) -> str:
    """The year of an era as the common year, written as the era was: 令和7年 is 2025年, R7.1.27 is 2025.1.27."""
    year = _BEFORE[era[1]] + (1 if era[2] == "元" else int(era[2]))
    return f"{year}年" if era[0].endswith("年") else str(year)
