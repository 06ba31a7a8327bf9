"""Several documents as one, to be printed together."""

from collections.abc import Iterable
from io import BytesIO


def joined(title: str, documents: Iterable[bytes]) -> bytes:
    """The pages of every document, one document after the other; for the printer, what was kept stays as it is."""
    import pikepdf

    whole = pikepdf.new()
    for one in documents:
        with pikepdf.open(BytesIO(one)) as pages:
            whole.pages.extend(pages.pages)
    with whole.open_metadata(set_pikepdf_as_editor=False) as about:
        about["dc:title"] = title
    whole.docinfo["/Title"] = title
    result = BytesIO()
    whole.save(result, deterministic_id=True)
    return result.getvalue()
