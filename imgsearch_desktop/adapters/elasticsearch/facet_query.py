"""Counts of what could be filtered by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from imgsearch_desktop.adapters.elasticsearch.filter_clauses import passing
from imgsearch_desktop.adapters.elasticsearch.mapping import MAX_RESULTS
from imgsearch_desktop.application.ports import Facets
from imgsearch_desktop.domain.filters import Filters

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def facet_body(filters: Filters) -> dict[str, Any]:
    """The body of a search that finds nothing and counts."""
    return {
        "query": passing(filters).clause(),
        "size": 0,
        "track_total_hits": False,
        "aggs": {
            "cameras": {
                "terms": {"field": "camera_key", "size": MAX_RESULTS},
                # Of the spellings that differ in case alone, the first in the alphabet is shown.
                "aggs": {"spelled": {"terms": {"field": "camera", "size": 1, "order": {"_key": "asc"}}}},
            },
            "formats": {"terms": {"field": "format", "size": MAX_RESULTS}},
            "years": {
                "date_histogram": {"field": "exif.date", "calendar_interval": "year", "min_doc_count": 1}
            },
        },
    }


def facets_of(aggregations: Mapping[str, Any]) -> Facets:
    """The counts of an answer."""
    cameras = aggregations["cameras"]["buckets"]
    return Facets(
        cameras={bucket["spelled"]["buckets"][0]["key"]: bucket["doc_count"] for bucket in cameras},
        formats={bucket["key"]: bucket["doc_count"] for bucket in aggregations["formats"]["buckets"]},
        years={_year(bucket["key"]): bucket["doc_count"] for bucket in aggregations["years"]["buckets"]},
    )


def _year(milliseconds: int) -> int:
    return (_EPOCH + timedelta(milliseconds=milliseconds)).year
