"""What no log may hold."""

import logging

import pytest

from tpmguide.logs import LOGGERS

TOKEN = "n0-log_holds-this-token" * 2


@pytest.mark.django_db
def test_no_log_holds_a_token(client, caplog):
    with caplog.at_level(logging.DEBUG):
        client.get(f"/shared/{TOKEN}/")
        client.post(f"/shared/{TOKEN}/")

    said = [record.getMessage() for record in caplog.records]
    assert "Not Found: /shared/.../" in said
    assert [text for text in said if TOKEN in text] == []


@pytest.mark.parametrize("name", LOGGERS)
def test_each_logger_hides_the_token_and_nothing_else(name, caplog):
    logger = logging.getLogger(name)
    line = f"GET /shared/{TOKEN}/ HTTP/1.1", "/shared/report/", 302

    logger.error("%s %s %s", *line)
    logger.error("%(path)s", {"path": "a"})

    assert [record.getMessage() for record in caplog.records] == [
        "GET /shared/.../ HTTP/1.1 /shared/report/ 302",
        "a",
    ]
