"""What stands where, for screen readers: the structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject


class Element(PDFObject):
    """A heading (H1 to H3), paragraph (P), list (L, LI, Lbl, LBody) or table (Table, TR, TH, TD).

    ``scope``: what a TH is the head of, "Column" or "Row". ``kids``: elements, and pieces by page and number.
    """

    def __init__(self, kind: str, parent: PDFObject, scope: str = "") -> None:
        self.kind, self.parent, self.scope = kind, parent, scope
        self.kids: list[Element | tuple[Any, int]] = []

    def add(self, kind: str, scope: str = "") -> Element:
        made = Element(kind, self, scope)
        self.kids.append(made)
        return made

    def format(self, document: Any) -> bytes:
        def named(found: Any) -> bytes:
            return document.Reference(found).format(document)

        parts = [b"<</S/%s/P %s" % (self.kind.encode(), named(self.parent))]
        if self.scope:
            parts.append(b"/A<</O/Table/Scope/%s>>" % self.scope.encode())
        if len(self.kids) == 1 and isinstance(self.kids[0], tuple):
            page, number = self.kids[0]
            parts.append(b"/Pg %s/K %d>>" % (named(page), number))
        else:
            kids = [
                named(kid) if isinstance(kid, Element) else b"<</Type/MCR/Pg %s/MCID %d>>" % (named(kid[0]), kid[1])
                for kid in self.kids
            ]
            parts.append(b"/K[%s]>>" % b" ".join(kids))
        return b"".join(parts)


class Tree:
    """Elements in reading order; on each page, those that its pieces belong to."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        self.top = Element("Document", self.root)
        self.pages: list[list[Element]] = [[]]

    def mark(self, element: Element) -> int:
        """The number that a new piece of this element has on the page that is being drawn."""
        found = self.pages[-1]
        element.kids.append((self.document.thisPageRef(), len(found)))
        found.append(element)
        return len(found) - 1

    def turn_page(self) -> None:
        """After the canvas has."""
        self._number_page()
        self.pages.append([])

    def _number_page(self) -> None:
        page = self.document.Pages.pages[-1]
        page.__Defaults__ = {**page.__Defaults__, "StructParents": len(self.pages) - 1, "Tabs": PDFName("S")}

    def close(self) -> None:
        """After the last page."""
        self._number_page()
        refer, catalog = self.document.Reference, self.document.Catalog
        numbers: list[Any] = []
        for n, elements in enumerate(self.pages):
            numbers += [n, refer(PDFArray([refer(element) for element in elements]))]
        self.root.dict |= {"K": refer(self.top), "ParentTree": refer(PDFDictionary({"Nums": PDFArray(numbers)}))}
        catalog.StructTreeRoot = self.root
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
