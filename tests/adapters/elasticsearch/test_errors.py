"""Errors of the client and of Elasticsearch in words."""

from __future__ import annotations

from typing import Any

import pytest

from imgsearch_desktop.adapters.elasticsearch.errors import (
    ForbiddenError,
    IndexGoneError,
    ServerBusyError,
    SignInError,
    reason_of,
    refusal_in_words,
)
from imgsearch_desktop.domain.errors import EngineError

PLACE = "https://search.example.org:9200"
FLOOD = (
    "index [imgsearch-1] blocked by: [{0}/12/disk usage exceeded flood-stage watermark, index has"
    " read-only-allow-delete block; for more information, see https://www.elastic.co/docs];"
)
UNAUTHORISED = (
    "action [{action}] is unauthorized for API key id [Wk3f] of user [anna] on indices [imgsearch-1],"
    " this action is granted by the {level} privileges [{privileges}]"
)


def error(kind: str, reason: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "reason": reason, **more}


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (401, error("security_exception", "unknown user [anna]"), SignInError, "does not accept"),
        (404, error("index_not_found_exception", "no such index [x]"), IndexGoneError, "is gone"),
        (429, error("es_rejected_execution_exception", "rejected"), ServerBusyError, "overloaded"),
        (503, error("unavailable_shards_exception", "[x][0] primary shard"), ServerBusyError, "not ready"),
        (502, None, ServerBusyError, "(502)"),
        (429, error("cluster_block_exception", FLOOD.format("TOO_MANY_REQUESTS")), EngineError, "almost"),
        (403, error("cluster_block_exception", FLOOD.format("FORBIDDEN")), EngineError, "almost full"),
        (
            403,
            error("cluster_block_exception", "index [x] blocked by: [FORBIDDEN/5/index read-only (api)];"),
            EngineError,
            "made read-only",
        ),
        (
            503,
            error("cluster_block_exception", "blocked by: [SERVICE_UNAVAILABLE/2/no master];"),
            ServerBusyError,
            "not ready",
        ),
        (413, None, EngineError, "too large"),
        (400, error("illegal_argument_exception", "unknown setting [x]"), EngineError, "unknown setting"),
    ],
)  # fmt: skip
def test_each_refusal_says_what_it_means(
    status: int, body: dict[str, Any] | None, kind: type[EngineError], words: str
) -> None:
    told = refusal_in_words(status, body, PLACE)
    assert type(told) is kind
    assert words in str(told)
    assert str(told).endswith(".")
    assert PLACE in str(told)
    assert "anna" not in str(told)


@pytest.mark.parametrize(
    ("action", "level", "privileges", "words"),
    [
        ("indices:data/write/bulk[s]", "index", "create_doc,create,delete,index,write,all", "write photos"),
        ("indices:data/read/msearch", "index", "read,all", "search"),
        ("indices:admin/create", "index", "auto_configure,create_index,manage,all", "make an index"),
        ("indices:admin/refresh", "index", "maintenance,manage,all", "look after the index"),
        ("cluster:monitor/main", "cluster", "monitor,manage,all", "look at the server"),
    ],
)
def test_the_privilege_that_is_missing_is_named(action: str, level: str, privileges: str, words: str) -> None:
    reason = UNAUTHORISED.format(action=action, level=level, privileges=privileges)
    told = refusal_in_words(403, error("security_exception", reason), PLACE)
    assert type(told) is ForbiddenError
    assert f"to {words}" in str(told)
    assert f"lacks the {level} privilege {privileges.replace(',', ' or ')}" in str(told)
    assert ("on imgsearch-*" in str(told)) == (level == "index")
    assert "Wk3f" not in str(told)


def test_a_refusal_without_reasons_names_all_that_is_needed() -> None:
    assert "read, write and manage" in str(refusal_in_words(403, None, PLACE))


def test_the_most_telling_reason_is_the_innermost() -> None:
    inner = error("mapper_parsing_exception", "failed to parse", caused_by=error("x", "immense term."))
    assert reason_of(inner) == "immense term"
    assert reason_of("Incorrect HTTP method.") == "Incorrect HTTP method"
    assert reason_of(None) == ""
