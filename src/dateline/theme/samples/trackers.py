"""Trackers in every state, for the pattern page."""

from dateline.theme.components import Link, Mark, Share, TrackerCard, Trackers

_GOAL = (Share("sure", "0", "28.57"), Share("maybe", "28.57", "28.57"))
_STANDS = (
    Share("for", "0", "62"),
    Share("conditional", "62", "12"),
    Share("undecided", "74", "10"),
    Share("silent", "84", "8"),
    Share("against", "92", "8"),
)

_TEXTS = {
    "en": (
        "Trackers",
        "All trackers",
        (
            ("700 people for the flood centre", "200–400", "of 700\u00a0staff", "Late"),
            ("12 days after it was due, on 1 October 2026, the total stands at between 200 and 400 of 700\u00a0staff."),
            ("200 of 700\u00a0staff are certain, up to 400 possible"),
        ),
        (
            ("60 km of bus lanes in Maren by December", "41", "of 60\u00a0km", "On pace"),
            ("With 38 days to go, the total stands at 41 of 60\u00a0km, which keeps pace with 31 December 2026."),
            ("41 of 60\u00a0km"),
        ),
        (
            ("Ten new seats in the council", "", "", "Positions"),
            ("31 of 50 are for, 4 against, 6 for it on conditions, 5 undecided and 4 silent."),
            ("for: 31, on conditions: 6, undecided: 5, silent: 4, against: 4"),
        ),
        (
            ("Aid for the lower delta, as it was promised at the conference of donors in March", "12.5 million",
             "of 12.5 million\u00a0USD", "Met"),
            ("It is met: 12.5 million\u00a0USD were reached on 20 September 2026, 11 days before it was due."),
            ("12.5 million of 12.5 million\u00a0USD"),
        ),
    ),
    "ar": (
        "المتابعات",
        "كل المتابعات",
        (
            ("٧٠٠ موظف لمركز الفيضانات", "٢٠٠–٤٠٠", "من أصل ٧٠٠\u00a0موظف", "متأخر"),
            ("بعد ١٢ يومًا من موعده في ١ تشرين الأول ٢٠٢٦، يبلغ المجموع ما بين ٢٠٠ و٤٠٠ من أصل ٧٠٠\u00a0موظف."),
            ("المؤكد ٢٠٠ من أصل ٧٠٠\u00a0موظف، والممكن حتى ٤٠٠"),
        ),
        (
            ("٦٠ كيلومترًا من مسارات الحافلات في مارين", "٤١", "من أصل ٦٠\u00a0كم", "وفق الوتيرة"),
            ("قبل ٣٨ يومًا من الموعد، يبلغ المجموع ٤١ من أصل ٦٠\u00a0كم، وهي وتيرة تكفي لبلوغه في ٣١ كانون الأول ٢٠٢٦."),
            ("٤١ من أصل ٦٠\u00a0كم"),
        ),
        (
            ("عشرة مقاعد جديدة في المجلس", "", "", "مواقف"),
            ("يؤيده ٣١ من أصل ٥٠ طرفًا، ويعارضه ٤، ويؤيده بشروط ٦، ولم يحسم أمره ٥، ويلتزم الصمت ٤."),
            ("مؤيد: ٣١، بشروط: ٦، لم يحسم: ٥، صامت: ٤، معارض: ٤"),
        ),
        (
            ("مساعدات الدلتا السفلى كما وُعد بها في مؤتمر المانحين في آذار", "١٢,٥ مليون", "من أصل ١٢,٥ مليون\u00a0USD",
             "تحقق"),
            ("تحقق: بلغ المجموع ١٢,٥ مليون\u00a0USD في ٢٠ أيلول ٢٠٢٦، قبل موعده بـ١١ يومًا."),
            ("١٢,٥ مليون من أصل ١٢,٥ مليون\u00a0USD"),
        ),
    ),
}  # fmt: skip

_LOOKS = (
    ("late", True, _GOAL),
    ("ontime", True, (Share("sure", "0", "68.33"),)),
    ("frames", False, _STANDS),
    ("check", False, (Share("sure", "0", "100"),)),
)


def cards(code: str) -> tuple[TrackerCard, ...]:
    """A goal that is late, one on pace, positions, and a goal that is met."""
    return tuple(
        TrackerCard(key, title, "#", answer, Mark(word, icon, solid), figure, of, bar, label)
        for key, (((title, figure, of, word), answer, label), (icon, solid, bar)) in enumerate(
            zip(_TEXTS[code][2:], _LOOKS, strict=True)
        )
    )


def row(code: str, count: int) -> Trackers:
    return Trackers(_TEXTS[code][0], cards(code)[:count], Link(_TEXTS[code][1], "#"))
