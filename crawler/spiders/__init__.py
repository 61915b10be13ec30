"""Scrapy spiders: one per outlet file."""
