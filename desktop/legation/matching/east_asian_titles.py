"""Titles in Chinese, Japanese and Korean, which stand beside a name without a blank: 普京总统, 岸田首相.

What is told apart is the name, the title word for word, and what the title is called in English, so that an office has
one post in whichever script it is printed. Works on text alone; who knows names of countries is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_ENGLISH = {  # simplified, traditional, Japanese and Korean forms of a title
    "President": "总统 總統 大統領 国家主席 國家主席 대통령",
    "Vice President": "副总统 副總統 副大統領 国家副主席 國家副主席 부통령",
    "Prime Minister": "总理 總理 首相 内閣総理大臣 総理大臣 総理 国务院总理 총리 국무총리",
    "Deputy Prime Minister": "副总理 副總理 副首相 副総理 国务院副总理 부총리",
    "Chairman": "主席 議長 议长 委员长 委員長 의장",
    "Vice Chairman": "副主席 副議長 副议长 副委员长 副委員長",
    "Foreign Minister": "外长 外長 外相 外交部长 外交部長 外交大臣 外务大臣 外務大臣 외교부장관 외교장관 외무장관",
    "Deputy Foreign Minister": "副外长 副外長 副外相 外交部副部长 外交部副部長 外務副大臣 외교차관",
    "Defence Minister": "防长 防長 国防部长 國防部長 防衛大臣 防卫大臣 防衛相 国防相 국방장관",
    "Finance Minister": "财长 財長 财政部长 財政部長 財務大臣 财务大臣 財務相 재무장관",
    "Trade Minister": "商务部长 商務部長 経済産業大臣 経産相 通商相",
    "Minister": "部长 部長 大臣 장관",
    "Deputy Minister": "副部长 副部長 副大臣 차관",
    "Secretary of State": "国务卿 國務卿 国務長官",
    "Chief Cabinet Secretary": "官房長官 内阁官房长官 内閣官房長官",
    "Secretary-General": "秘书长 秘書長 事務総長 사무총장",
    "Chancellor": "联邦总理 聯邦總理 連邦首相",
    "King": "国王 國王 国王陛下 국왕",
    "Queen": "女王 女王陛下 여왕",
    "Emperor": "天皇 天皇陛下",
    "Crown Prince": "王储 王儲 皇太子 왕세자",
    "Ambassador": "大使 駐日大使 驻华大使 특명전권대사 대사",
    "Special Envoy": "特使 特別代表 特别代表 특사",
}
_TITLES = {word: english for english, words in _ENGLISH.items() for word in words.split()}
_SCRIPT = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_WHOLE = re.compile(f"[{_SCRIPT}・·＝=]+")
_LONGEST = max(map(len, _TITLES))
_COURTESY = ("先生", "女士", "閣下", "阁下", "氏", "陛下", "殿下")


@dataclass(frozen=True)
class EastAsianTitle:
    """A text taken apart: the name ("" for none), the title word for word, the country before it, its English."""

    name: str
    title: str
    country: str
    english: str


def taken_apart(text: str, is_country: Callable[[str], bool]) -> EastAsianTitle | None:
    """A text of one run of such letters as name and title; None where it is no such text or has no title."""
    bare = next((text.removesuffix(each) for each in _COURTESY if text.endswith(each) and len(text) > 3), text)
    if _WHOLE.fullmatch(bare) is None:
        return None
    if title := _ending(bare):  # 普京总统, ロシアのプーチン大統領, 中国外交部长
        before = bare.removesuffix(title)
        country, mark, name = before.partition("の")
        if mark and is_country(country):
            return EastAsianTitle(name, country + title, country, _english(title))
        if not before or is_country(before):
            return EastAsianTitle("", bare, before, _english(title))
        return EastAsianTitle(before, title, "", _english(title))
    for at in range(len(bare) - 1, 1, -1):  # 俄罗斯总统普京
        title = _ending(bare[:at])
        if title:
            country = bare[:at].removesuffix(title)
            if not country or is_country(country):
                return EastAsianTitle(bare[at:], bare[:at], country, _english(title))
    return None


def _ending(text: str) -> str:
    """The title that ends a text, with others joined to it: 副首相兼外務大臣; "" for none."""
    found = ""
    while title := _last(text):
        found = title + found
        text = text.removesuffix(title)
        if not text.endswith("兼"):
            break
        found, text = f"兼{found}", text[:-1]
    return found.removeprefix("兼")


def _last(text: str) -> str:
    """The longest title that ends a text; "" for none."""
    return next((text[-n:] for n in range(min(_LONGEST, len(text)), 0, -1) if text[-n:] in _TITLES), "")


def _english(title: str) -> str:
    """A title, or the first of several joined ones, in English."""
    return _TITLES[title.partition("兼")[0]]
