"""A document as HTML of the simple kind that a text view shows; names are links of the form `record:<type>:<id>`."""

from __future__ import annotations

from html import escape

from legation.documents.document import Document, Facts, Heading, Paragraph, Text


def to_html(document: Document, colours: dict[str, str]) -> str:
    """The document as one HTML page. `colours` gives "text", "quiet", "link" and "line" as CSS colours."""
    quiet, line = colours["quiet"], colours["line"]
    parts = [f'<html><body style="color:{colours["text"]}">']
    if document.above:
        parts.append(f'<p style="color:{quiet};margin-bottom:0">{escape(document.above)}</p>')
    parts.append(f'<h2 style="margin-top:0;margin-bottom:4px">{escape(document.title)}</h2>')
    if document.below:
        parts.append(f'<p style="margin-top:0">{_text(document.below, colours)}</p>')
    for block in document.blocks:
        if isinstance(block, Heading):
            parts.append(
                f'<p style="margin-top:16px;margin-bottom:4px;color:{quiet}"><b>{escape(block.text)}</b></p>'
                f'<hr style="color:{line};background-color:{line};height:1px;border:none">'
            )
        elif isinstance(block, Paragraph):
            parts.append(
                f'<p style="margin-top:2px;margin-bottom:2px;margin-left:{block.level * 16}px">'
                f"{_text(block.text, colours)}</p>"
            )
        elif isinstance(block, Facts):
            parts.append(_facts(block, colours))
    parts.append("</body></html>")
    return "".join(parts)


def _facts(facts: Facts, colours: dict[str, str]) -> str:
    rows = "".join(
        f'<tr><td style="color:{colours["quiet"]};padding-right:16px" valign="top">{escape(label)}</td>'
        f"<td>{_text(value, colours)}</td></tr>"
        for label, value in facts.rows
    )
    return f'<table cellspacing="0" cellpadding="2" style="margin-top:4px">{rows}</table>'


def _text(text: Text, colours: dict[str, str]) -> str:
    parts = []
    for run in text:
        words = escape(run.text).replace("\n", "<br>")
        if run.strong:
            words = f"<b>{words}</b>"
        if run.link is not None:
            record, id = run.link
            words = f'<a href="record:{record}:{id}" style="color:{colours["link"]};text-decoration:none">{words}</a>'
        elif run.quiet:
            words = f'<span style="color:{colours["quiet"]}">{words}</span>'
        parts.append(words)
    return "".join(parts)
