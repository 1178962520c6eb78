"""What is live: breaking alerts, and stories told update by update."""

from dateline.newsroom.live.models.alerts import (
    BREAKING,
    DEVELOPING,
    LONGEST_TEXT,
    SAID,
    SEVERITIES,
    Alert,
    AlertNote,
)

__all__ = ["BREAKING", "DEVELOPING", "LONGEST_TEXT", "SAID", "SEVERITIES", "Alert", "AlertNote"]
