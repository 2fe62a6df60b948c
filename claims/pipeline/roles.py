from __future__ import annotations
def assign_roles(text, spans, title=""):
    return ["claim"]*len(spans)
