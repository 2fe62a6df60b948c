"""Pages of a PDF file, without markup: what is written on them is text and only text.

``letters`` knows the fonts, ``lines`` breaks text into lines, ``tags`` names for screen readers what stands where, and
``sheets`` draws it all with ReportLab's canvas.
"""
