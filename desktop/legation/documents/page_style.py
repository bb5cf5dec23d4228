"""How a report looks as an HTML page: on screen, in the light and in the dark, and on paper."""

from __future__ import annotations

import re

from legation.documents.pictures import INKS
from legation.i18n import _

_FACES = 'system-ui,"Segoe UI","Noto Sans","Noto Sans CJK JP",sans-serif'
_RULES = """
*{box-sizing:border-box}
body{font:15px/1.45 var(--faces);color:var(--text);background:var(--paper);
margin:0 auto;padding:32px 24px 64px;max-width:1180px}
td{unicode-bidi:plaintext;overflow-wrap:anywhere}
h1,h2,h3,p,dd,tr.group th{overflow-wrap:anywhere}
h1{font-size:26px;line-height:1.2;margin:0 0 4px}
h2{font-size:20px;margin:36px 0 8px}
h3{font-size:16px;margin:28px 0 8px}
p{margin:4px 0}
.quiet{color:var(--quiet)}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:8px 0 16px;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--line)}
th{color:var(--quiet);font-weight:600;border-bottom:2px solid var(--line)}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
td.number,th.number{padding-right:20px}
.line{display:block}
tr.group th{color:var(--text);padding-top:16px;border-bottom:1px solid var(--line)}
tr.withdrawn td{color:var(--quiet)}
tr.withdrawn td+td s{text-decoration:line-through}
.change{display:block;font-weight:600;color:var(--accent)}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
ol.notes{padding-left:32px}
ol.notes li{margin:4px 0}
ol.notes li:target{outline:2px solid var(--accent);outline-offset:4px}
ol.notes li{overflow-wrap:anywhere}
figure{margin:28px 0 16px;overflow-x:auto}
figcaption{font-size:16px;font-weight:bold;margin:0 0 8px}
svg text{font-family:inherit}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 24px;margin:8px 0}
dt{color:var(--quiet)}
dd{margin:0}
"""
_PRINT = """
@page{size:A4 %(turned)s;margin:18mm 14mm 16mm;
@top-left{content:"%(title)s";font:7.5pt %(faces)s;color:%(quiet)s}
@bottom-right{content:%(number)s;font:7.5pt %(faces)s;color:%(quiet)s}}
@page:first{@top-left{content:none}}
@media print{body{padding:0;max-width:none;font-size:9.5pt}table{font-size:8.5pt}h1{font-size:16pt}h2{font-size:12.5pt}
h3,figcaption{font-size:10.5pt}td,th{padding-top:3pt;padding-bottom:3pt}ol.notes{font-size:8pt}
thead{display:table-header-group}tr{break-inside:avoid}h2,h3,tr.group{break-after:avoid}figure{break-inside:avoid}
.wide,figure{overflow:visible}a{color:inherit}}
"""


def style_of(title: str, *, is_wide: bool) -> str:
    """The style sheet of a page; `is_wide` prints it on its side, with the title and numbers on each sheet."""
    light = ";".join(f"--{name}:{inks[0]}" for name, inks in INKS.items())
    dark = ";".join(f"--{name}:{inks[1]}" for name, inks in INKS.items())
    inks = "".join(f".ink-{name}{{fill:var(--{name})}}.stroke-{name}{{stroke:var(--{name})}}" for name in INKS)
    return (
        f":root{{color-scheme:light dark;--faces:{_FACES};{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"{_RULES}{inks}{_PRINT % _on_paper(title, is_wide)}"
    )


def _on_paper(title: str, is_wide: bool) -> dict[str, str]:
    first, rest = _("Page {page} of {pages}").split("{page}", 1)
    middle, last = rest.split("{pages}", 1)
    number = f'"{_quoted(first)}" counter(page) "{_quoted(middle)}" counter(pages) "{_quoted(last)}"'
    turned = "landscape" if is_wide else "portrait"
    said = {"turned": turned, "title": _quoted(title), "number": number}
    return {**said, "quiet": INKS["quiet"][0], "faces": _FACES}


def _quoted(words: str) -> str:
    """Words for a string of CSS: whatever could end it, or the element, is written by its number."""
    return re.sub(r'["\\\\<>&\n\r\f]', lambda found: f"\\{ord(found[0]):x} ", words)
