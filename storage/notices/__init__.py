"""Postings, documents, facts, chains as rows."""
