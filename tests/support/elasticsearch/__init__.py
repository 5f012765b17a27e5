"""A real Elasticsearch server on this machine, without Docker, and what can go wrong on the way to it.

`distribution` fetches it, `server` runs a node, `fixtures` gives it to tests, `python -m
tests.support.elasticsearch` to a person (`make elasticsearch`).
"""
