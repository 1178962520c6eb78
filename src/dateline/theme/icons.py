"""The drawings beside words, on a square of 24, as lines of the text's own weight."""

ICONS = {
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "behind": '<path d="M12 20L2.5 5h19z"/>',
    "back": '<path d="M19 5v14L8.5 12zM5.5 5v14"/>',
    "check": '<path d="M3.5 12.5l5.5 6L20.5 5.5"/>',
    "close": '<path d="M5 5l14 14M19 5L5 19"/>',
    "elsewhere": '<path d="M7 17L17 7M9 7h8v8"/>',
    "frames": '<path d="M7 3h14v12H7zM3 8v13h14"/>',
    "late": '<path d="M12 4l9.5 16h-19z"/>',
    "listen": '<path d="M4 14v-2a8 8 0 0 1 16 0v2M4 14h3.5v6H4zM16.5 14H20v6h-3.5z"/>',
    "menu": '<path d="M3 6h18M3 12h18M3 18h12"/>',
    "minus": '<path d="M4 12h16"/>',
    "next": '<path d="M5 5v14l10.5-7zM18.5 5v14"/>',
    "ontime": '<circle cx="12" cy="12" r="9"/>',
    "pause": '<path d="M7.5 4v16M16.5 4v16"/>',
    "plus": '<path d="M4 12h16M12 4v16"/>',
    "play": '<path d="M6 3.5v17L20.5 12z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "share": '<path d="M12 15V3M7.5 7L12 3l4.5 4M5 12v8.5h14V12"/>',
}
