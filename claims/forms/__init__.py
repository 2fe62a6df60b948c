"""What comes in from a page, one file a resource. Views act only on what a form has cleaned."""
