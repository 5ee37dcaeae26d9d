"""A consultation in a notebook."""

from base64 import b64encode
from html import escape

from expert.explanation.rendering.text import Page
from expert.inference.consultation import Consultation


def notebook_html(consultation: Consultation, picture: bytes) -> str:
    """Write the answer, the ranking and a picture.

    Parameters
    ----------
    consultation : Consultation
        Which to show.
    picture : bytes
        An SVG file; it is shown as an image, so its style sheet touches nothing else on the page.

    Returns
    -------
    str
        An element of HTML.
    """
    page = Page(consultation)
    headline = escape(" ".join(page.headline()))
    rows = "".join(
        f"<tr><th>{escape(page.label(each.value))}</th><td>{page.numbers.write(each.certainty, '+')}</td></tr>"
        for each in consultation.ranking
    )
    address = f"data:image/svg+xml;base64,{b64encode(picture).decode()}"
    return f'<div><p>{headline}</p><table>{rows}</table><img src="{address}" alt="The proof: {headline}"/></div>'
