"""The record of a review session as files: pure functions from ``claims.review.record.Record`` to bytes.

``report`` says in words what the documents for reading (``page``, ``document``, ``printed``) show; ``telling`` writes
it down for the last two, and ``paper`` makes the pages of a PDF. ``tables`` lays the same out in columns for
``sheets``; ``data`` and ``web_annotations`` are for programs; ``questions`` asks the desks.
"""
