"""How good the pipeline is, on data with answers: what ``manage.py evaluate`` runs. Comparing uses none of it."""
