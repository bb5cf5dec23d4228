"""Titles in Russian, Ukrainian, Turkish, Arabic and Persian before a name, and what they are called in English.

So an office has one post in whichever language it is printed. A country may stand before the title or after it. Works
on text alone; who knows names of countries is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from legation.fields.folding import fold

_ENGLISH = {
    "President": "президент|cumhurbaşkanı|devlet başkanı|الرئيس|رئيس|رئيس الجمهورية|رئیس جمهور|رئیس‌جمهور|رئیس جمهوری",
    "Vice President": "вице-президент|cumhurbaşkanı yardımcısı|نائب الرئيس|نائب رئيس الجمهورية|معاون رئیس جمهور",
    "Prime Minister": "премьер-министр|премьер|председатель правительства|прем’єр-міністр|başbakan|başbakanı"
    "|رئيس الوزراء|رئيس مجلس الوزراء|رئيس وزراء|نخست وزیر|نخست‌وزیر",
    "Deputy Prime Minister": "вице-премьер|заместитель премьер-министра|вице-премьер-министр|başbakan yardımcısı"
    "|نائب رئيس الوزراء|نائب رئيس مجلس الوزراء|معاون نخست وزیر",
    "Foreign Minister": "министр иностранных дел|глава мид|міністр закордонних справ|dışişleri bakanı|وزير الخارجية"
    "|وزير خارجية|وزیر خارجه|وزیر امور خارجه",
    "Deputy Foreign Minister": "заместитель министра иностранных дел|замминистра иностранных дел|заместитель главы мид"
    "|dışişleri bakan yardımcısı|نائب وزير الخارجية|معاون وزیر خارجه|معاون وزیر امور خارجه",
    "First Deputy Foreign Minister": "первый заместитель министра иностранных дел",
    "Defence Minister": "министр обороны|міністр оборони|savunma bakanı|milli savunma bakanı|وزير الدفاع|وزیر دفاع",
    "Finance Minister": "министр финансов|міністр фінансів|maliye bakanı|hazine ve maliye bakanı|وزير المالية",
    "Energy Minister": "министр энергетики|enerji bakanı|enerji ve tabii kaynaklar bakanı|وزير الطاقة|وزیر نیرو",
    "Trade Minister": "министр торговли|ticaret bakanı|وزير التجارة",
    "Minister": "министр|міністр|bakan|bakanı|وزير|الوزير|وزیر",
    "Deputy Minister": "заместитель министра|замминистра|bakan yardımcısı|نائب وزير|معاون وزیر",
    "Secretary of State": "государственный секретарь|госсекретарь",
    "Secretary-General": "генеральный секретарь|генсек|genel sekreter|genel sekreteri|الأمين العام|دبیرکل",
    "Speaker": "спикер|председатель парламента|meclis başkanı|tbmm başkanı|رئيس مجلس النواب|رئیس مجلس",
    "King": "король|kral|kralı|الملك|ملك|جلالة الملك|پادشاه",
    "Queen": "королева|kraliçe|kraliçesi|الملكة|ملكة|ملکه",
    "Emir": "эмир|emir|emiri|الأمير|أمير|امیر",
    "Sultan": "султан|سلطان|السلطان",
    "Crown Prince": "наследный принц|кронпринц|veliaht prens|ولي العهد|ولیعهد",
    "Ambassador": "посол|чрезвычайный и полномочный посол|büyükelçi|büyükelçisi|السفير|سفير|سفیر",
    "Special Representative": "специальный представитель|спецпредставитель|özel temsilci|özel temsilcisi|المبعوث الخاص",
}
_TITLES = {fold(phrase): english for english, phrases in _ENGLISH.items() for phrase in phrases.split("|")}
_LONGEST = 6  # words of a title
_ENDINGS = ("", "я", "ь", "й", "а")  # of a name whose case was taken off: Казахстана, России, Бразилии


def title_words(words: Sequence[str], is_country: Callable[[str], bool]) -> int:
    """How many of the first words are such a title, with a country before or after it; 0 where they are none."""
    before = _country_words(words, is_country)
    for start in dict.fromkeys((0, before)):
        for length in range(min(_LONGEST, len(words) - start), 0, -1):
            if fold(" ".join(words[start : start + length])) in _TITLES:
                end = start + length
                return end + (_country_words(words[end:], is_country) if not start else 0)
    return 0


def english_title(title: str, code_of: Callable[[str], str | None]) -> tuple[str, str | None] | None:
    """What such a title is called in English, and the code of the country that it names; None for any other text."""
    words = title.split()
    count = title_words(words, lambda name: code_of(name) is not None)
    if not words or count < len(words):
        return None
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            if english := _TITLES.get(fold(" ".join(words[start : start + length]))):
                rest = " ".join([*words[:start], *words[start + length :]])
                return english, next((code for each in _forms(rest) if (code := code_of(each))), None) if rest else None
    return None


def _country_words(words: Sequence[str], is_country: Callable[[str], bool]) -> int:
    """How many of the first words name a country, in any case."""
    for length in range(min(3, len(words)), 0, -1):
        if any(map(is_country, _forms(" ".join(words[:length])))):
            return length
    return 0


def _forms(name: str) -> list[str]:
    """A name as it stands, and as it may be without the ending of its case."""
    if not ("а" <= name[-1:].casefold() <= "я"):
        return [name]
    return [name, *(name[:-1] + ending for ending in _ENDINGS)]
