"""Finding addresses in what was fetched: feeds, sitemaps, links. Nothing here fetches anything by itself."""
