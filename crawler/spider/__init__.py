"""Fetching configured sources politely (Scrapy). Nothing of Scrapy leaves this package."""
