"""Speed and quality, measured: ``make bench`` runs all of it and writes the results into benchmarks/README.md."""
