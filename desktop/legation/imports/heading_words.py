"""What headings of tables are called, in several languages: concepts, before it is known what a row is.

A heading tells a concept by the whole of it, or less surely by a word in it. Works on text alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from legation.fields.folding import fold

_PHRASES: dict[str, str] = {  # concept: phrases, apart by a stroke
    "id": "id|no|nr|num|number|ref|reference|ref no|uid|key|lfd nr|numero|nummer|номер|row id|record id"
    "|event id|visit id|trip id|code|identifier|serial",
    "date": "تاریخ|时间|날짜|일자|التاريخ|תאריך|event date start|"
    "signed|signed on|date signed|date of signature|signature date|unterzeichnet"
    "|signe le|дата подписания|訪問日|開催日|日時|"
    "date|day|when|dates|datum|fecha|data|tarih|дата|jour|date of meeting|date of visit|meeting date"
    "|event date|date of event|visit date|termin|日付|日期|on",
    "start": "credentials presented|presented credentials|presentation of credentials|date of credentials|credentials"
    "|accredited|就任日|"
    "depuis|seit|start|begin|from|since|start date|date from|begin date|dtstart|starts|arrival|arrived"
    "|arrival date|first day|von|ab|beginn|debut|date de debut|du|desde|inicio|fecha de inicio|начало"
    "|с|inizio|data inizio|dal|took office|assumed office|term start|in office since|appointed"
    "|date appointed|start of term|entered office|valid from|baslangic",
    "end": "mission ended|end of mission|departed post|退任日|离任|"
    "end|until|to|end date|date to|dtend|ends|departure|departed|departure date|last day|bis|ende|fin"
    "|date de fin|au|hasta|fecha de fin|конец|по|окончание|fine|data fine|al|left office|term end"
    "|end of term|vacated|valid to|date left|bitis|left",
    "period": "period|term|tenure|term of office|in office|years|years in office|mandate|amtszeit|mandat|periodo|срок",
    "time": "time|start time|hour|uhrzeit|heure|hora|время|saat",
    "minutes": "minutes|duration|minutes long|length in minutes|dauer|duree|duracion",
    "kind": "kind|type|category|event type|type of event|type of meeting|meeting type|art|genre|tipo|вид|тип"
    "|tur|nature",
    "visit_type": "type of visit|visit type|nature of visit|protocol class",
    "title": "intitule|summit|treaty|treaty title|title of treaty|instrument|resolution|holiday|occasion name|activity|"
    "engagement|мероприятие|событие|行事|件名|案件|会談|会議|活动|活動|행사|termin|veranstaltung|evenement|"
    "evento|etkinlik|wydarzenie|agreement title|title of agreement|"
    "title|subject|event|event title|event name|meeting|headline|betreff|titre|objet|titulo|asunto"
    "|название|тема|name of event|meeting title|summary title|konu|topic of meeting",
    "summary": "概要|目的|事由|内容|備考|备注|"
    "anlass|grund|summary|description|remarks|notes|note|details|comment|comments|purpose|purpose of meeting"
    "|readout|content|bemerkung|bemerkungen|beschreibung|remarques|observations|observaciones"
    "|descripcion|описание|примечание|zweck|text|agenda notes|aciklama|purpose of visit|occasion"
    "|reason|minutes of meeting",
    "place": "city visited|cities visited|places visited|city or cities|city or town|place of signature|"
    "signed at|signed in|place signed|مکان|مكان|المدينة|محل|地點|장소|المكان|wo|"
    "場所|都市|開催地|地点|miejsce|plaats|plats|"
    "place|city|location|locale|locality|town|where|ort|stadt|lieu|ville|lugar|ciudad|место|город"
    "|luogo|citta|local|cidade|sehir|yer|place of meeting|meeting place|venue city|places|cities"
    "|stops|itinerary|route|towns",
    "venue": "venue|building|address|hall|room|site|tagungsort|adresse|sede",
    "country": "delegation|کشور|البلد|دولة|heyet|الدولة|국가|國家|država|kraj|country or area|country or territory|"
    "国名|国籍|land des gastes|"
    "country|state|nation|land|pays|pais|страна|paese|ulke|staat|country name|nationality|ländername"
    "|国|国家|country of origin|home country|citizenship|sending state|affiliation country",
    "host_country": "host country|country visited|visited country|destination|destination country|country of visit"
    "|host state|receiving country|receiving state|gastland|pays hote|pays d'accueil|pais anfitrion"
    "|принимающая страна|location country|country of event|venue country|where country",
    "guest_country": "leader country|leader country iso|leader country or igo|visitor nationality|"
    "nationality of visitor|country represented|visitor country iso|"
    "guest country|visiting country|visitor country|country of visitor|from country|sending country"
    "|delegation country|visitors country",
    "visitor": "مهمان|الضيف|ضيف|访问者|來訪者|访客|来访者|방문자|الزائر|"
    "besuch von|besuch|visite de|visita de|visit by|visit of|визит|訪問者|来訪者|来賓|"
    "visitor|visitors|guest|guests|foreign leader|leader|visiting leader|visiting official"
    "|head of delegation|delegation|besucher|gast|visiteur|invite|visitante|huesped|гость|ospite"
    "|visitante|traveler|traveller|visiting",
    "host": "host leader|host head of state|host head of government|hosting leader|host minister|host official name|"
    "host|hosts|hosted by|received by|gastgeber|hote|anfitrion|принимающий|ev sahibi|host official|host side",
    "first": "caller|call by|call from|"
    "minister|our side|our representative|official met|secretary|principal|participant a|side a"
    "|party a|official 1|official a|person 1|person a|participant 1|attendee|home side|delegate",
    "second": "call with|phone call with|telephone call with|call to|spoke with"
    "|spoke to|callee|telefonat mit|entretien avec|"
    "counterpart|met with|interlocutor|their side|participant b|side b|party b|official 2|official b"
    "|person 2|person b|participant 2|opposite number|foreign counterpart|with whom|gesprachspartner"
    "|interlocuteur|contact|name of organisation or individual|name of external organisation"
    "|external organisation|organisation or individual|who met|met|organisation individual|person met"
    "|persons met",
    "country_a": "country a|country 1|state a|side a country|first country|party a country|from",
    "country_b": "相手国|partner country|partner|counterpart country|other country|상대국|"
    "country b|country 2|state b|side b country|second country|party b country",
    "participants": "uczestnicy|üyeler|heyet uyeleri|состав делегации|члены делегации|"
    "with|accompanied by|together with|mit|avec|con|出席者|参加者|出席人员|참석자|المشاركون|"
    "attendee list|in attendance|heads of state attending|"
    "participants|attendees|attending|present|persons|people|teilnehmer|participants list|asistentes"
    "|участники|katilimcilar|delegates|who|partecipanti|members present|invitees|speakers",
    "parties": "parties|countries|states|sides|participating countries|countries involved|participating states"
    "|pays participants|paises|стороны|страны|taraflar|between|members present countries",
    "topics": "議題|议题|議程|议程|"
    "thema|topics|topic|themes|theme|issues|agenda|agenda items|themen|sujets|temas|темы|subjects"
    "|keywords|tags|categories|areas",
    "outcomes": "outcomes|outcome|results|result|agreements|documents signed|signed|ergebnis|resultats|resultados"
    "|итоги|agreement|deliverables|commitments",
    "status": "status|state of planning|zustand|statut|estado|статус|durum|confirmed",
    "mode": "mode|format|medium|in person or virtual|channel|form of contact",
    "level": "level|rank level|niveau|nivel|уровень|ebene",
    "framework": "framework|format name|series|dialogue|commission|within the framework of|rahmen|cadre|marco",
    "ordinal": "round|session|session no|round no|edition|ordinal",
    "person": "name of delegate|delegate name|name of participant|participant name|"
    "name of person speaking|speaker|name of speaker|head of mission|name of head of mission|mission head|"
    "item label|person label|politician|head of state|head of government|office bearer|leader full name|"
    "氏名|appointee|official|name|full name|officeholder|office holder|holder|incumbent|person|amtsinhaber"
    "|nom|nombre|имя|фио|nome|titulaire|titular|isim|ad|minister name|ambassador|name of official"
    "|nom complet|vollname|name of minister|named person|head|official name person|ministro|member"
    "|surname and name|nom et prenom|名前|姓名|name of holder|nominee|secretary name|adi soyadi|chief"
    "|leader name|contact person|hauptperson|name and title",
    "given": "given name|first name|forename|given names|first names|vorname|prenom|nombre de pila|имя given"
    "|primer nombre|firstname|ad given|first name s",
    "family": "family name|last name|surname|nachname|familienname|nom de famille|apellido|apellidos|фамилия"
    "|cognome|sobrenome|lastname|soyad",
    "patronymic": "patronymic|отчество|middle name",
    "post": "役職|职务|肩書|position|post|office|title|role|function|portfolio|job title|position title|amt|funktion"
    "|stellung|fonction|poste|cargo|puesto|должность|пост|carica|incarico|gorev|unvan|designation"
    "|rank|office held|position held|titre|capacity|ressort|job|posto",
    "organisation": "mission|diplomatic mission|representation|"
    "organisation|organization|ministry|department|agency|body|institution|employer|company|entity"
    "|office of|ministerium|behorde|organisme|ministere|ministerio|organismo|организация|министерство"
    "|ведомство|ente|ministero|kurum|bakanlik|name of organisation|organisation name"
    "|organization name|embassy|affiliation|firma|unit",
    "accredited": "accredited to|country accredited to|country of accreditation|accreditation country|posted to"
    "|state of accreditation|akkreditiert in|accredite aupres de|acreditado en|аккредитован в|страна пребывания"
    "|駐在国|驻在国",
    "acronym": "acronym|abbreviation|abbr|short name|short|sigle|kurzel|abkurzung|siglas|аббревиатура|acronimo",
    "parent": "parent|part of|parent organisation|parent organization|parent body|umbrella|reports to",
    "in_force": "entry into force|date of entry into force|in force|in force since|into force|entered into force"
    "|effective date|inkrafttreten|entree en vigueur|entrada en vigor|вступление в силу",
    "reference": "registration number|registration no|unts registration number|treaty number|document number|unts no",
    "admission": "date of admission|admission|admitted|date admitted|member since|accession|date of accession|joined"
    "|date joined|member from|membership since|beitritt|adhesion|date d'adhesion|дата вступления",
    "withdrawal": "withdrew|withdrawal|date of withdrawal|member until|left|austritt",
    "membership_status": "membership status|type of membership|kind of membership|membership type",
    "members": "member state|member country|member|"
    "members|member states|member countries|membership|mitglieder|membres|miembros",
    "other_name": "other name|other names|alias|aliases|also known as|aka|former name|former names|alternative name"
    "|alternate names|variant|native name|name in original language|local name",
    "website": "website|web site|url|homepage|web|link|site web|webseite|pagina web|сайт|internet",
    "wikidata": "item|person item|q id|wikidata uri|wikidata|wikidata id|qid|wikidata item",
    "gender": "gender|sex|geschlecht|sexe|sexo|genero|пол|cinsiyet",
    "born": "born|birth|date of birth|birth date|dob|year of birth|birth year|geboren|geburtsdatum|ne le"
    "|naissance|fecha de nacimiento|дата рождения|birthday",
    "appointment_status": "acting|appointment status|acting or confirmed|confirmed or acting|appointment type",
    "source_url": "source url|source link|url|link|source address|quelle url|reference url|web address|read more"
    "|press release|link to source|url of source|lien",
    "source": "source|sources|quelle|fuente|источник|fonte|kaynak|citation|reference source|according to|source title",
    "publisher": "publisher|outlet|agency name|newspaper|published by|media|journal|verlag|editeur|medio",
    "issued": "issued|published|publication date|date published|date of publication|veroffentlicht|publie le",
    "author": "author|authors|by|autor|auteur|автор|writer",
    "language": "language|lang|sprache|langue|idioma|язык",
    "iso3": "iso alpha3 code|iso alpha3|iso3 code|iso 3166 alpha 3|"
    "iso3|iso 3|alpha 3|alpha3|iso alpha 3|iso3166 1 alpha 3|iso 3166 1 alpha 3|country code|code"
    "|iso code|cca3|a3",
    "iso2": "iso alpha2 code|iso alpha2|iso2 code|iso 3166 alpha 2|"
    "iso2|iso 2|alpha 2|alpha2|iso3166 1 alpha 2|iso 3166 1 alpha 2|cca2|a2|two letter code",
    "m49": "m49|un m49|m49 code|iso3166 1 numeric|iso 3166 1 numeric|iso numeric|numeric code|un code",
    "country_name": "country or area|country or territory|name of country|country label|"
    "country|name|country name|short name|official name en|cldr display name|state|english name"
    "|nation|name en|common name|unterm english short",
    "official_name": "official name|formal name|long name|unterm english formal|full official name|long form",
    "capital": "capital|capital city|hauptstadt|capitale|столица",
    "demonym": "demonym|adjective|nationality adjective",
}


_NO_WORDS = re.compile(
    r"\s*\[(?:\d{1,3}|[a-z]|note \d{1,2})\]|\s+/\s+[(\[][^/]*[)\]]$"
)  # marks of footnotes, units below


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for concept, phrases in _PHRASES.items():
        for phrase in phrases.split("|"):
            found.setdefault(fold(phrase), []).append(concept)
    return {phrase: tuple(concepts) for phrase, concepts in found.items()}


@lru_cache(maxsize=4000)
def concepts_of(heading: str) -> dict[str, float]:
    """The concepts that a heading may tell, each with how surely: 1 for the whole heading, less for words in it."""
    heading = _NO_WORDS.sub("", heading)
    folded = fold(parted(heading))
    words = folded.split()
    found: dict[str, float] = dict.fromkeys(_table().get(folded, ()), 1.0)
    if " / " in heading:  # a heading under another one
        found |= dict.fromkeys(_table().get(fold(heading.rsplit(" / ", 1)[1]), ()), 0.95)
    for length in range(min(4, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(words[start : start + length])
            if length == len(words) or (length == 1 and len(phrase) < 4):
                continue
            for concept in _table().get(phrase, ()):
                share = length / len(words) * (0.9 if start + length == len(words) else 0.7)
                found[concept] = max(found.get(concept, 0), share)
    return found


def parted(heading: str) -> str:
    """A heading with blanks where its words join: startDate, start_date."""
    made = []
    for before, letter in zip(" " + heading, heading, strict=False):
        if letter.isupper() and before.islower():
            made.append(" ")
        made.append(letter)
    return "".join(made).replace("_", " ")
