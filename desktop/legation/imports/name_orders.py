"""Which word is the family name, for officials of states that write it first: tables in English print either order.

A name is told by its own words where one of them is a common given or family name of the state; the others follow the
names that were told, for one list writes one order. Where nothing tells, the state's own order stands.
"""

from __future__ import annotations

from collections import Counter

from legation.fields.folding import fold
from legation.fields.names import FAMILY_FIRST, NameParts, split_name, strip_honorifics

_GIVEN = {  # common given names by state, folded; one that is in both lists (Balázs) is told by the word beside it
    "HUN": "viktor peter ferenc gyula janos arpad jozsef laszlo pal katalin ferencz gabor istvan tibor zoltan sandor "
    "karoly bela miklos imre gyorgy andras attila csaba gergely tamas matyas mihaly lajos geza denes ilona "
    "zsuzsanna judit eva krisztina erzsebet eniko ildiko tamara levente balazs bence marton zsolt akos adam "
    "agnes aniko dora",
    "JPN": "shinzo junichiro yoshihide fumio taro naoto yukio yasuo yasuhiro keizo ryutaro tomiichi tsutomu morihiro "
    "kiichi toshiki sosuke noboru zenko masayoshi takeo kakuei eisaku hayato nobusuke ichiro shigeru yoshiro "
    "yoshihiko seiji katsuya koichiro toshimitsu yoriko makiko nobutaka taku masahiko hirofumi takeaki yoko "
    "kenji hiroshi hisayuki masaki hiroyuki akihito naruhito hirohito fumihito kazuo makoto takashi akira "
    "satoshi hideki kenichi shunichi yuriko sanae tomomi keiko hideo toshihiro takahiro kazuhiko katsunobu "
    "yoshimasa itsunori gen shotaro akio tadashi mitsuo hajime minoru susumu isamu kunihiko nobuo masao "
    "haruhiko toshio hiroko",
    "KOR": "syngman",
    "CHN": "",
}
_FAMILY = {  # common family names by state, folded
    "KOR": "kim lee park choi jung jeong kang cho jo yoon yun jang chang lim im han oh seo shin kwon hwang ahn an "
    "song ryu hong jeon chun roh noh moon ban rhee yi chung paik ham hyun suh koo son yoo yu bae baek min ha "
    "nam sim shim",
    "PRK": "kim ri pak choe hwang jo kang ju hyon han o",
    "CHN": "li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song "
    "tang han feng deng cao peng zeng xiao tian dong yuan pan jiang cai yu du ye cheng wei su lu ding ren "
    "shen yao lou xi wen qian chow tung qiao hua geng",
    "TWN": "chiang lee chen ma tsai lai yen su wu lin wang huang chang lien tang yu yang hsieh",
    "VNM": "nguyen tran le pham hoang phan vu vo dang bui do ho ngo duong ly truong dinh",
    "KHM": "hun sok norodom heng chea sar prak tea",
    "JPN": "abe koizumi suga kishida aso kan noda hatoyama fukuda mori obuchi hashimoto murayama hata hosokawa "
    "miyazawa kaifu uno takeshita nakasone suzuki ohira miki tanaka sato ikeda kishi yoshida ishiba takaichi "
    "kono motegi hayashi kamikawa iwaya ishikawa fujii tsubai ikegami nakamura kobayashi yamamoto watanabe "
    "ito takahashi kato yamada sasaki yamaguchi matsumoto inoue kimura shimizu saito komura okada maehara "
    "genba kawaguchi machimura",
    "HUN": "orban szijjarto gyurcsany bajnai medgyessy antall horn boross nemeth kadar nagy kovacs szabo toth varga "
    "magyar ader sulyok schmitt solyom madl goncz navracsics martonyi balazs jeszenszky",
}
_GIVEN_WORDS = {state: frozenset(words.split()) for state, words in _GIVEN.items()}
_FAMILY_WORDS = {state: frozenset(words.split()) for state, words in _FAMILY.items()}


class NameOrders:
    """The orders of the names of one import; first each name is looked at, then all are taken apart."""

    def __init__(self) -> None:
        self._votes: dict[str, Counter[bool]] = {}
        self._seen: set[tuple[str, str]] = set()

    def look(self, printed: str, state: str | None) -> None:
        """Note the order of a name whose own words tell it."""
        if state not in FAMILY_FIRST or (printed, state) in self._seen:
            return
        self._seen.add((printed, state))
        told = given_stands_first(printed, state)
        if told is not None:
            self._votes.setdefault(state, Counter())[told] += 1

    def split(self, printed: str, state: str | None) -> NameParts:
        """A printed name as family and given name, in the order of the state."""
        parts = split_name(printed, state)
        words = _words(printed)
        if state not in FAMILY_FIRST or len(words) != 2 or not parts.family or printed.count(","):
            return parts
        if any(word.isupper() and len(word) > 1 for word in words):
            return parts  # capitals are the family name
        is_turned = given_stands_first(printed, state)
        if is_turned is None:
            votes = self._votes.get(state, Counter())
            is_turned = votes[True] > votes[False]
        if not is_turned or fold(parts.family) != fold(words[0]):
            return parts
        return NameParts(words[1], words[0], display=f"{words[1]} {words[0]}")


def given_stands_first(printed: str, state: str) -> bool | None:
    """Whether a name of two words begins with the given name; None where its words do not tell."""
    words = [fold(word) for word in _words(printed)]
    if len(words) != 2:
        return None
    given, family = _GIVEN_WORDS.get(state, frozenset()), _FAMILY_WORDS.get(state, frozenset())
    first = (words[0] in given) + (words[1] in family)
    other = (words[1] in given) + (words[0] in family)
    return first > other if first != other else None


def _words(printed: str) -> list[str]:
    return strip_honorifics(printed).replace(",", " ").split()
