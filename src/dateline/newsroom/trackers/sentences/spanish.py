"""The answer in Spanish."""

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.trackers.situation import GoalSituation, PositionsSituation, State
from dateline.newsroom.trackers.writing import amount, day, measured, said


def goal(now: GoalSituation, voice: Voice) -> str:
    target, due = measured(voice, now.target, now.unit), day(voice, now.due)
    stands, left = _total(now, voice), _days(now.days_left, voice)
    verb = "Falta" if now.days_left == 1 else "Faltan"
    to_go = f"{verb} {left} y el total es de" if now.days_left else "El plazo vence hoy y el total es de"
    reached = day(voice, now.met_on or now.on)
    match now.state:
        case State.NOT_BEGUN:
            return f"Aún no ha empezado: la promesa es de {target} para el {due}."
        case State.NOTHING_KNOWN:
            return f"No se puede decir: aún no consta nada de lo prometido, {target} para el {due}."
        case State.ON_PACE:
            return f"{to_go} {stands} sobre {target}, a buen ritmo para el {due}."
        case State.BEHIND:
            return f"{to_go} {stands} sobre {target}, por debajo del ritmo que exige el {due}."
        case State.UNDER_WAY:
            return f"{to_go} {stands} sobre {target}; no se puede decir si es el ritmo que exige el {due}."
        case State.LATE if now.counts_days:
            late = _days(now.days_late, voice)
            return f"{late.capitalize()} después del plazo, el {due}, el total es de {stands} sobre {target}."
        case State.LATE:
            return f"El plazo venció el {due} y el total sigue siendo de {stands} sobre {target}."
        case State.MET | State.MET_LATE if now.met_on is None:
            return f"Se ha cumplido: el total es de {stands} sobre {target}, con plazo hasta el {due}."
        case State.MET:
            early = now.days_early
            when = f"{_days(early, voice)} antes del plazo" if early else "el mismo día del plazo"
            return f"Se ha cumplido: el total llegó a {target} el {reached}, {when}."
        case State.MET_LATE:
            late = _days(now.days_late, voice)
            return f"Se cumplió tarde: el total llegó a {target} el {reached}, {late} después del {due}."
        case State.UNSAID:
            return f"No se puede decir: el total es de {stands} y se prometieron {target} para el {due}."
        case State.CLOSED:
            return f"No se cumplió: el último total es de {stands} sobre {target}, prometidos para el {due}."


def _total(now: GoalSituation, voice: Voice) -> str:
    if now.low == now.high:
        return said(voice, now.low)
    return f"entre {said(voice, now.low)} y {said(voice, now.high)}"


def _days(count: int, voice: Voice) -> str:
    return "un día" if count == 1 else f"{amount(voice, count)} días"


def positions(now: PositionsSituation, voice: Voice) -> str:
    everyone = amount(voice, now.all)
    if not now.all:
        return "No se puede decir: aún no consta ninguna parte."
    if not now.spoken:
        return f"Ninguna de las {everyone} partes ha tomado posición." if now.all > 1 else "Aún no ha tomado posición."
    for number, words in ((now.for_, "a favor"), (now.against, "en contra")):
        if number == now.all:
            return f"Las {everyone} partes están {words}." if number > 1 else f"La única parte está {words}."
    if now.for_:
        first = f"{amount(voice, now.for_)} de {everyone} {'está' if now.for_ == 1 else 'están'} a favor"
    else:
        first = f"Ninguna de {everyone} está a favor"
    rest = [
        f"{amount(voice, number)} {words}"
        for number, words in (
            (now.against, "en contra"),
            (now.conditional, "a favor con condiciones"),
            (now.undecided, "sin decidir"),
            (now.silent, "en silencio"),
        )
        if number
    ]
    return _listed([first, *rest]) + "."


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} y {parts[-1]}"
