"""The controlled vocabularies: codes that are stored and the words people read for them.

Codes are the public schema and never change; words may. Sources of the terms are named at each list.
"""

from __future__ import annotations

from legation.i18n import N_

EVENT_KINDS: dict[str, tuple[str, str]] = {  # code: (class, words); C contact, B container, O occasion
    "visit": ("B", N_("Visit")),
    "meeting": ("C", N_("Meeting")),
    "courtesy_call": ("C", N_("Courtesy call")),
    "consultations": ("C", N_("Consultations")),
    "negotiations": ("C", N_("Negotiations")),
    "summit": ("C", N_("Summit")),
    "ministerial": ("C", N_("Ministerial meeting")),
    "committee_session": ("C", N_("Committee session")),
    "working_group": ("C", N_("Working group")),
    "parliamentary": ("C", N_("Parliamentary meeting")),
    "business_forum": ("B", N_("Business forum")),
    "conference": ("B", N_("Conference")),
    "exposition": ("B", N_("Exposition")),
    "expo_national_day": ("O", N_("Expo national day")),
    "reception": ("O", N_("Reception")),
    "signing": ("O", N_("Signing")),
    "ceremony": ("O", N_("Ceremony")),
    "cultural_event": ("O", N_("Cultural event")),
    "observance": ("O", N_("Observance")),
}
EVENT_KIND_WORDS = {code: words for code, (_class, words) in EVENT_KINDS.items()}
CONTAINER_KINDS = tuple(code for code, (event_class, _words) in EVENT_KINDS.items() if event_class == "B")
CONTACT_KINDS = tuple(code for code, (event_class, _words) in EVENT_KINDS.items() if event_class == "C")

LEVELS = {  # best first
    "highest": N_("Highest"),
    "high": N_("High"),
    "deputy_ministerial": N_("Deputy ministerial"),
    "senior_officials": N_("Senior officials"),
    "expert": N_("Expert"),
    "parliamentary": N_("Parliamentary"),
    "business": N_("Business"),
}
MODES = {
    "in_person": N_("In person"),
    "phone": N_("Phone"),
    "video": N_("Video"),
    "hybrid": N_("Hybrid"),
    "written": N_("Written"),
}
VISIT_TYPES = {
    "state": N_("State"),
    "official": N_("Official"),
    "official_working": N_("Official working"),
    "working": N_("Working"),
    "private": N_("Private"),
    "transit": N_("Transit"),
    "multilateral": N_("Multilateral"),
}
DELEGATE_ROLES = {  # "head" mirrors the Convention on Special Missions (1969), Article 14
    "head": N_("Head"),
    "deputy_head": N_("Deputy head"),
    "member": N_("Member"),
    "signatory": N_("Signatory"),
    "adviser": N_("Adviser"),
    "interpreter": N_("Interpreter"),
    "accompanying": N_("Accompanying"),
}
DELEGATION_ROLES = {
    "host": N_("Host"),
    "guest": N_("Guest"),
    "participant": N_("Participant"),
    "chair": N_("Chair"),
    "observer": N_("Observer"),
    "facilitator": N_("Facilitator"),
    "organiser": N_("Organiser"),
}
ATTENDANCES = {  # after iCalendar PARTSTAT (RFC 5545, 3.2.12)
    "invited": N_("Invited"),
    "expected": N_("Expected"),
    "attended": N_("Attended"),
    "absent": N_("Absent"),
}
EVENT_STATUSES = {  # after iCalendar STATUS and schema.org EventStatusType
    "proposed": N_("Proposed"),
    "scheduled": N_("Scheduled"),
    "held": N_("Held"),
    "postponed": N_("Postponed"),
    "cancelled": N_("Cancelled"),
}
PLANNED_STATUSES = ("proposed", "scheduled", "postponed")
AGENDA_ACTS = {
    "discussed": N_("Discussed"),
    "exchanged_views": N_("Exchanged views"),
    "noted": N_("Noted"),
    "welcomed": N_("Welcomed"),
    "reviewed": N_("Reviewed"),
    "reaffirmed": N_("Reaffirmed"),
    "emphasised": N_("Emphasised"),
    "proposed": N_("Proposed"),
    "requested": N_("Requested"),
    "agreed": N_("Agreed"),
    "informed": N_("Informed"),
    "disagreed": N_("Disagreed"),
    "raised_concern": N_("Raised concern"),
}
ORGANISATION_KINDS = {
    "presidency": N_("Presidency"),
    "government": N_("Government"),
    "ministry": N_("Ministry"),
    "agency": N_("Agency"),
    "parliament": N_("Parliament"),
    "court": N_("Court"),
    "subnational": N_("Subnational authority"),
    "diplomatic_mission": N_("Diplomatic mission"),
    "igo": N_("International organisation"),
    "dialogue_format": N_("Dialogue format"),
    "country_group": N_("Country group"),
    "joint_commission": N_("Joint commission"),
    "company": N_("Company"),
    "business_association": N_("Business association"),
    "academic": N_("Academic body"),
    "ngo": N_("Non-governmental organisation"),
    "media": N_("Media"),
    "party": N_("Political party"),
    "other": N_("Other body"),
}
POST_RANKS = {  # order of precedence, lower is higher; heads of mission by classes (Vienna Convention 1961, Art. 14)
    10: N_("Head of state"),
    15: N_("National leader, crown prince or vice-president"),
    20: N_("Head of government"),
    25: N_("Executive head of an international organisation"),
    30: N_("Speaker of parliament"),
    35: N_("Deputy head of government"),
    40: N_("Minister of foreign affairs"),
    45: N_("Minister"),
    60: N_("Deputy minister or state minister"),
    65: N_("Parliamentary vice-minister, under-secretary or member of parliament"),
    70: N_("Permanent head of a ministry"),
    75: N_("Ambassador or nuncio"),
    78: N_("Special representative or envoy"),
    80: N_("Director-general or minister plenipotentiary"),
    85: N_("Chargé d'affaires"),
    88: N_("Governor or mayor"),
    90: N_("Deputy director-general or director"),
    95: N_("Head of division, counsellor or consul-general"),
    99: N_("Other official"),
    200: N_("Chairman (board or business committee)"),
    210: N_("Chief executive"),
    220: N_("Executive vice-president"),
    225: N_("Division president"),
    230: N_("Board member"),
    240: N_("Other business or academic post"),
}
APPOINTMENT_STATUSES = {"full": N_("Full"), "acting": N_("Acting"), "designate": N_("Designate")}
MEMBERSHIP_STATUSES = {
    "member": N_("Member"),
    "observer": N_("Observer"),
    "partner": N_("Partner"),
    "associate": N_("Associate"),
}
ALIAS_KINDS = {
    "transliteration": N_("Transliteration"),
    "order": N_("Name order"),
    "native_script": N_("Native script"),
    "short": N_("Short form"),
    "acronym": N_("Acronym"),
    "former": N_("Former name"),
    "translation": N_("Translation"),
    "misspelling": N_("Misspelling"),
}
OUTCOME_KINDS = {  # binding terms after the United Nations Treaty Collection
    "treaty": N_("Treaty"),
    "agreement": N_("Agreement"),
    "convention": N_("Convention"),
    "protocol": N_("Protocol"),
    "exchange_of_notes": N_("Exchange of notes"),
    "memorandum": N_("Memorandum"),
    "joint_declaration": N_("Joint declaration"),
    "joint_statement": N_("Joint statement"),
    "programme": N_("Programme"),
    "roadmap": N_("Roadmap"),
    "minutes": N_("Minutes"),
    "contract": N_("Contract"),
    "decision": N_("Decision"),
    "commitment": N_("Commitment"),
    "pledge": N_("Pledge"),
    "invitation": N_("Invitation"),
    "agreements": N_("Agreements, unspecified"),
}
OUTCOME_STATUSES = {
    "proposed": N_("Proposed"),
    "agreed": N_("Agreed"),
    "signed": N_("Signed"),
    "in_force": N_("In force"),
    "in_progress": N_("In progress"),
    "fulfilled": N_("Fulfilled"),
    "lapsed": N_("Lapsed"),
    "superseded": N_("Superseded"),
    "withdrawn": N_("Withdrawn"),
}
OPEN_OUTCOMES = ("proposed", "agreed", "signed", "in_progress")
SOURCE_KINDS = {  # CSL item types
    "article-newspaper": N_("Newspaper article"),
    "webpage": N_("Web page"),
    "post-weblog": N_("Blog post"),
    "report": N_("Report"),
    "treaty": N_("Treaty"),
    "speech": N_("Speech"),
    "broadcast": N_("Broadcast"),
    "interview": N_("Interview"),
    "dataset": N_("Dataset"),
    "personal_communication": N_("Personal communication"),
}
GENDERS = {"female": N_("Female"), "male": N_("Male"), "other": N_("Other")}
