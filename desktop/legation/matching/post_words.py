"""Words that posts and bodies are made of, and the rank that the words of a post give it (vocabulary 2.9)."""

from __future__ import annotations

from legation.fields.folding import fold

POSTS = frozenset({
    "minister", "deputy", "vice", "president", "chairman", "chairwoman", "chairperson", "chair", "director",
    "secretary", "ambassador", "head", "chief", "representative", "envoy", "speaker", "governor", "mayor", "member",
    "adviser", "advisor", "counsellor", "counselor", "consul", "attache", "premier", "king", "queen", "prince",
    "emir", "sultan", "pope", "commissioner", "charge", "executive", "manager", "chancellor", "senator",
    "undersecretary", "plenipotentiary", "nuncio", "coordinator", "spokesperson", "spokesman", "rector", "dean",
    "founder", "ceo", "cofounder", "administrator", "commander",
})  # fmt: skip
AREAS = frozenset({  # what posts are of, and what stands before them
    "foreign", "affairs", "external", "internal", "finance", "defence", "defense", "economy", "economic", "trade",
    "industry", "energy", "justice", "health", "education", "culture", "transport", "communications", "agriculture",
    "environment", "interior", "labour", "labor", "tourism", "sport", "digital", "development", "cooperation",
    "relations", "security", "political", "state", "first", "senior", "special", "permanent", "executive", "general",
    "parliamentary", "extraordinary", "national", "federal", "prime", "assistant", "acting", "associate", "honorary",
    "regional", "central", "asian", "caucasus", "european", "african", "american", "machinery", "equipment",
    "directors", "board", "council", "cabinet", "ministers", "department", "division", "section", "bureau",
})  # fmt: skip
BODIES: dict[str, str] = {  # word of a body's name: its kind (vocabulary 2.8), "" where the word alone does not tell
    "ministry": "ministry", "department": "ministry", "embassy": "diplomatic_mission", "mission": "diplomatic_mission",
    "consulate": "diplomatic_mission", "parliament": "parliament", "senate": "parliament", "mejlis": "parliament",
    "assembly": "parliament", "diet": "parliament", "cabinet": "government", "government": "government",
    "presidency": "presidency", "court": "court", "university": "academic", "institute": "academic",
    "academy": "academic", "bank": "company", "corporation": "company", "company": "company", "ltd": "company",
    "inc": "company", "group": "company", "holding": "company", "equipment": "company", "committee": "joint_commission",
    "commission": "joint_commission", "chamber": "business_association", "federation": "business_association",
    "association": "business_association", "agency": "agency", "union": "igo", "organization": "igo",
    "organisation": "igo", "nations": "igo", "council": "", "fund": "igo", "office": "agency", "service": "agency",
    "party": "party", "news": "media",
}  # fmt: skip
_Ranks = tuple[tuple[tuple[str, ...], int], ...]
_RANKS: _Ranks = (  # all words of a row must occur; the first row that fits counts
    (("vice", "president"), 15), (("crown", "prince"), 15), (("deputy", "prime", "minister"), 35),
    (("vice", "premier"), 35), (("prime", "minister"), 20), (("chancellor",), 20),
    (("parliamentary", "vice", "minister"), 65), (("vice", "minister"), 70), (("permanent", "secretary"), 70),
    (("deputy", "chairman"), 35), (("chairman",), 30), (("secretary", "state"), 40),
    (("deputy", "minister"), 60), (("state", "minister"), 60),
    (("minister", "state"), 60), (("minister", "plenipotentiary"), 80), (("undersecretary",), 65),
    (("under", "secretary"), 65), (("minister", "foreign", "affairs"), 40), (("minister",), 45),
    (("deputy", "director", "general"), 90), (("director", "general"), 80), (("ambassador",), 75), (("nuncio",), 75),
    (("charge",), 85), (("special", "representative"), 78), (("envoy",), 78), (("secretary", "general"), 25),
    (("deputy", "head"), 95), (("speaker",), 30), (("governor",), 88), (("mayor",), 88), (("director",), 90),
    (("counsellor",), 95), (("consul",), 95), (("head",), 95), (("senator",), 65), (("member", "parliament"), 65),
    (("president",), 15), (("king",), 10), (("queen",), 10), (("emir",), 10), (("sultan",), 10),
)  # fmt: skip
_BUSINESS: _Ranks = (
    (("member",), 230), (("executive", "vice", "president"), 220), (("vice", "president"), 220),
    (("chief", "executive"), 210), (("ceo",), 210), (("president",), 225), (("chairman",), 200),
    (("chairwoman",), 200), (("chairperson",), 200), (("chair",), 200),
)  # fmt: skip
_OTHER, _OTHER_BUSINESS, _HEAD_OF_STATE = 99, 240, 10


def rank_of(title: str, *, business: bool = False, of_state: bool = False) -> int:
    """The rank that the words of a title give; `of_state` for a post of the state itself, such as its president."""
    words = set(fold(title.replace("-", " ")).split())
    if of_state and "vice" not in words and "prince" not in words:
        return _HEAD_OF_STATE
    table = (*_BUSINESS, ((), _OTHER_BUSINESS)) if business else _RANKS
    return next((rank for wanted, rank in table if words >= set(wanted)), _OTHER)
