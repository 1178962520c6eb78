"""The answer in Arabic. What is counted takes the form its number asks for: يوم، يومان، ٣ أيام، ١١ يومًا، ١٠٠ يوم."""

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.trackers.situation import GoalSituation, PositionsSituation, State
from dateline.newsroom.trackers.writing import amount, day, measured, said


def goal(now: GoalSituation, voice: Voice) -> str:
    target, due = measured(voice, now.target, now.unit), day(voice, now.due)
    stands, left = _total(now, voice), _days(now.days_left, voice)
    to_go = f"قبل {left} من الموعد، يبلغ المجموع" if now.days_left else "الموعد اليوم، ويبلغ المجموع"
    reached = day(voice, now.met_on or now.on)
    match now.state:
        case State.NOT_BEGUN:
            return f"لم يبدأ بعد: الموعود {target} بحلول {due}."
        case State.NOTHING_KNOWN:
            return f"لا يمكن القول: لم يُحصَ شيء بعد من الموعود، وهو {target} بحلول {due}."
        case State.ON_PACE:
            return f"{to_go} {stands} من أصل {target}، وهي وتيرة تكفي لبلوغه في {due}."
        case State.BEHIND:
            return f"{to_go} {stands} من أصل {target}، وهي وتيرة أبطأ مما يتطلبه موعد {due}."
        case State.UNDER_WAY:
            return f"{to_go} {stands} من أصل {target}، ولا يمكن القول إن كانت الوتيرة تكفي لبلوغه في {due}."
        case State.LATE if now.counts_days:
            return f"بعد {_days(now.days_late, voice)} من موعده في {due}، يبلغ المجموع {stands} من أصل {target}."
        case State.LATE:
            return f"كان موعده {due}، وما زال المجموع {stands} من أصل {target}."
        case State.MET | State.MET_LATE if now.met_on is None:
            return f"تحقق: يبلغ المجموع {stands} من أصل {target}، وموعده {due}."
        case State.MET:
            early = now.days_early
            when = f"قبل موعده بـ{_days(early, voice)}" if early > 2 else _near(early)
            return f"تحقق: بلغ المجموع {target} في {reached}، {when}."
        case State.MET_LATE:
            late = _days(now.days_late, voice)
            return f"تحقق متأخرًا: بلغ المجموع {target} في {reached}، بعد {late} من موعده في {due}."
        case State.UNSAID:
            return f"لا يمكن القول: المجموع {stands}، والموعود {target} بحلول {due}."
        case State.CLOSED:
            return f"لم يتحقق: آخر مجموع {stands} من أصل {target} بحلول {due}."


def _total(now: GoalSituation, voice: Voice) -> str:
    if now.low == now.high:
        return said(voice, now.low)
    return f"ما بين {said(voice, now.low)} و{said(voice, now.high)}"


def _near(days: int) -> str:
    return {0: "في يوم موعده", 1: "قبل موعده بيوم واحد", 2: "قبل موعده بيومين"}[days]


def _days(count: int, voice: Voice) -> str:
    return _counted(count, voice, ("يوم واحد", "يومين", "أيام", "يومًا", "يوم"))


def _parties(count: int, voice: Voice) -> str:
    return _counted(count, voice, ("طرف واحد", "طرفين", "أطراف", "طرفًا", "طرف"))


def _counted(count: int, voice: Voice, forms: tuple[str, str, str, str, str]) -> str:
    """A counted noun after a preposition: one, two, a few (3 to 10), many (11 to 99), and whole hundreds."""
    one, two, few, many, hundreds = forms
    if count in {1, 2}:
        return one if count == 1 else two
    rest = count % 100
    return f"{amount(voice, count)} {few if 3 <= rest <= 10 else many if rest >= 11 else hundreds}"


def positions(now: PositionsSituation, voice: Voice) -> str:
    if not now.all:
        return "لا يمكن القول: لا يُعرف أي طرف بعد."
    of = f"من أصل {_parties(now.all, voice)}"
    if not now.spoken:
        return f"لم يتخذ أحد موقفًا بعد {of}." if now.all > 1 else "لم يتخذ موقفًا بعد."
    for number, words in ((now.for_, "يؤيده"), (now.against, "يعارضه")):
        if number == now.all:
            return f"{words} الجميع، وهم {_subject(number, voice)}." if number > 1 else f"{words} الطرف الوحيد."
    first = f"يؤيده {amount(voice, now.for_)} {of}" if now.for_ else f"لا يؤيده أحد {of}"
    rest = [
        f"و{words} {amount(voice, number)}"
        for number, words in (
            (now.against, "يعارضه"),
            (now.conditional, "يؤيده بشروط"),
            (now.undecided, "لم يحسم أمره"),
            (now.silent, "يلتزم الصمت"),
        )
        if number
    ]
    return "، ".join([first, *rest]) + "."


def _subject(count: int, voice: Voice) -> str:
    return "طرفان" if count == 2 else _parties(count, voice)
