"""The query language: parsing, matching and explaining, the same for every engine."""
