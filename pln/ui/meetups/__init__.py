"""Meetups: plan, prepare, capture in seconds, follow up while it is warm."""
