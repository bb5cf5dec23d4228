"""The encodings that a file without a mark may have, and the letters that tell them apart.

The alphabets are those of the languages that were written in each; what is listed first wins where two fit equally.
"""

from __future__ import annotations

from dataclasses import dataclass

from legation.i18n import N_

_WESTERN = (
    "àâæçéèêëîïôœùûüÿ",  # French
    "äöüßé",  # German
    "áéíóúñü",  # Spanish
    "áâãàçéêíóôõúü",  # Portuguese
    "àèéìíîòóùú",  # Italian
    "åäöæøéü",  # Danish, Norwegian, Swedish, Finnish
    "éèëïöüáóíç",  # Dutch, Catalan
)
_CENTRAL = (
    "ąćęłńóśźż",  # Polish
    "áčďéěíňóřšťúůýžäĺľŕô",  # Czech, Slovak
    "áéíóöőúüű",  # Hungarian
    "ăâîşţ",  # Romanian
    "čćđšž",  # Croatian, Slovenian
)
_ICELANDIC = ("áéíóúýðþæö",)
_BALTIC = ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž")
_TURKISH = ("çğıöşüâîûi",)
# of these the most frequent letters come first
_CYRILLIC = ("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъ", "оаинетсрвікмдпулгзбчйхжшюцщєфїґяь", "оаеинтсрвлкмдпујгзбчхжшцљњћђџф")
_GREEK = ("αοιετσνηυρκπμλςίόάέήύώδγθχφβξζψωϊϋΐΰ",)
_HEBREW = ("יוהלאתרבשמםןנחעדכפטקזגצסךףץ",)
_ARABIC = ("اليمنوترةبدعفسحكهجقشطصخضذثزظغىءآأؤإئپچژگ",)
_THAI = ("านรกงอเมยลทวดตสคปพบหชขจแถธศผซญฟะำิีึืุูโใไ่้์ั็",)


@dataclass(frozen=True)
class Letters:
    """An encoding with a byte for each letter: its name, what it is for, its alphabets, and how far they are believed.

    `script` begins the Unicode names of its letters. Alphabets of other scripts have their ten most frequent letters
    first; `vowels` are there where words are written with them.
    """

    codec: str
    label: str
    alphabets: tuple[str, ...]
    script: str = "LATIN"
    belief: float = 1.0

    @property
    def vowels(self) -> str:
        """The vowels of its script, "" where nothing is told from them."""
        return {"CYRILLIC": "аеиоуыэюяєі", "GREEK": "αεηιουω"}.get(self.script, "")


SINGLE = (
    Letters("cp1252", N_("Western European"), _WESTERN),
    Letters("cp1251", N_("Cyrillic"), _CYRILLIC, "CYRILLIC"),
    Letters("cp1250", N_("Central European"), _CENTRAL),
    Letters("cp1254", N_("Turkish"), _TURKISH, belief=0.99),
    Letters("cp1252", N_("Western European"), _ICELANDIC, belief=0.98),  # whose own letters are those of Turkish
    Letters("cp1257", N_("Baltic"), _BALTIC, belief=0.99),
    Letters("iso8859-2", N_("Central European"), _CENTRAL, belief=0.99),
    Letters("mac_roman", N_("Western European, from an old Macintosh"), _WESTERN, belief=0.8),
    Letters("cp850", N_("Western European, from DOS"), _WESTERN, belief=0.8),
    Letters("koi8-r", N_("Cyrillic"), _CYRILLIC, "CYRILLIC"),
    Letters("cp866", N_("Cyrillic, from DOS"), _CYRILLIC, "CYRILLIC", belief=0.98),
    Letters("iso8859-5", N_("Cyrillic"), _CYRILLIC, "CYRILLIC", belief=0.98),
    Letters("mac_cyrillic", N_("Cyrillic, from an old Macintosh"), _CYRILLIC, "CYRILLIC", belief=0.96),
    Letters("cp1253", N_("Greek"), _GREEK, "GREEK", belief=0.95),
    Letters("cp1255", N_("Hebrew"), _HEBREW, "HEBREW", belief=0.95),
    Letters("cp1256", N_("Arabic"), _ARABIC, "ARABIC", belief=0.95),
    Letters("cp874", N_("Thai"), _THAI, "THAI", belief=0.85),
)


@dataclass(frozen=True)
class Characters:
    """An encoding of two bytes a character: `frequent` are the first bytes of its common ones, `usual` some of them."""

    codec: str
    label: str
    frequent: tuple[tuple[int, int], ...]
    usual: frozenset[str]


_KANA = frozenset(map(chr, range(0x3041, 0x30FF)))
_OF_JAPANESE = _KANA | frozenset(
    "日本国会議大臣外務省田山川石岸中村年月訪問人一年長同行首相総理東京中国米国韓国協力開催出席事務次官局長代表団共同声明"
)
_OF_TAIWAN = frozenset(
    "的一是不了在有人我中國會議長部外交總統訪問年月日合作主席談大使代表團關係經濟政府北京臺灣香港聯上為這個與國際兩雙方發"
    "開時到對說也就和來出地下成事學生自行法民動進後過理作方現定新東西南海亞歐美德英俄韓島安全理王李張劉陳林黃吳毅"
)
_OF_CHINA = frozenset(
    "的一是不了在有人我中国会议长部外交总统访问年月日合作主席谈大使代表团关系经济政府北京台湾香港联上为这个与国际两双方发"
    "开时到对说也就和来出地下成事学生自行法民动进后过理作方现定新东西南海亚欧美德英俄韩岛安全王李张刘陈林黄吴毅"
)
_OF_KOREA = frozenset(
    "이다의는에가을한국대사회부장관외교통령방문년월일하고과와로도기정북미중일본러시아회담위원표단인지서자라니경제협력조선"
)

DOUBLE = (
    Characters("big5hkscs", N_("Traditional Chinese"), ((0xA4, 0xC6),), _OF_TAIWAN),
    Characters("cp932", N_("Japanese"), ((0x82, 0x83), (0x88, 0x97)), _OF_JAPANESE),
    Characters("gb18030", N_("Simplified Chinese"), ((0xB0, 0xD7),), _OF_CHINA),
    Characters("euc_jp", N_("Japanese"), ((0xA4, 0xA5), (0xB0, 0xCF)), _OF_JAPANESE),
    Characters("cp949", N_("Korean"), ((0xB0, 0xC8),), _OF_KOREA),
)
