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
from dateline.newsroom.live.models.updates import (
    CLOSED,
    NEWEST,
    OLDEST,
    OPEN,
    ORDERS,
    PAUSED,
    STATES,
    UPDATE_BLOCKS,
    LiveStory,
    TypedUpdate,
    Update,
    UpdateNote,
)

__all__ = [
    "BREAKING",
    "CLOSED",
    "DEVELOPING",
    "LONGEST_TEXT",
    "NEWEST",
    "OLDEST",
    "OPEN",
    "ORDERS",
    "PAUSED",
    "SAID",
    "SEVERITIES",
    "STATES",
    "UPDATE_BLOCKS",
    "Alert",
    "AlertNote",
    "LiveStory",
    "TypedUpdate",
    "Update",
    "UpdateNote",
]
