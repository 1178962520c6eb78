"""Where a city looks after its people: the ward, the classroom."""

from __future__ import annotations

from dateline.demo.scenes import Block, Point, Sheet, arc, scene, smooth, trace
from dateline.demo.scenes_motifs import person
from dateline.demo.scenes_rooms import receding


@scene("hospital-corridor", paper="#eef0e2")
def hospital_corridor(sheet: Sheet) -> None:
    """A ward corridor in the early morning, a nurse with a trolley, light from the end window."""
    far = (640.0, 330.0, 980.0, 640.0)
    receding(sheet, far, ("#e9ebdc", "#b9d0c2", "#a3c0b4", "#d5dccb", "#fdf3d8"))
    left, top, right, bottom = far
    west = sheet.block().area([(0, 0), (left, top), (left, bottom), (0, 1080)])
    east = sheet.block().area([(1620, 0), (right, top), (right, bottom), (1620, 1080)])
    sheet.ink(sheet.block().area([(0, 700), (left, 530), (left, bottom), (0, 1080)]), "#6fa394")
    sheet.ink(sheet.block().area([(1620, 700), (right, 530), (right, bottom), (1620, 1080)]), "#5c9083")
    for wall, x0, x1 in ((west, left, -200), (east, right, 1820)):
        sheet.ink(wall, "#2f5d5a", tone=sheet.ramp((x0, 0), (x1, 0)), alpha=0.75)
    for k, (a, b) in enumerate(((0.05, 0.34), (0.52, 0.68), (0.8, 0.89))):
        _door(sheet, far, a, b, side=0)
        _door(sheet, far, a + 0.03, b + 0.03, side=1, open_=k == 1)
    lamps = sheet.block()
    for near, away in ((0.02, 0.24), (0.44, 0.58), (0.7, 0.78), (0.86, 0.91)):
        lamps.area(
            [
                (640 * near + 130 * (1 - near) + 560 * (1 - near), top * near),
                (980 * near + 930 * (1 - near), top * near),
                (980 * away + 930 * (1 - away), top * away),
                (640 * away + 690 * (1 - away), top * away),
            ]
        )
    sheet.ink(lamps, "#ffffff")
    window = sheet.block().box(690, 372, 930, 560)
    sheet.ink(window, "#fff7d9")
    sheet.ink(window, "#eaa765", tone=sheet.ramp((0, 440), (0, 590)))
    sheet.ink(
        sheet.block().box(690, 520, 930, 560).area(trace("690,530 760,500 830,524 930,496 930,560 690,560")),
        "#6d8f8c",
    )
    sheet.ink(
        sheet.block().box(806, 372, 814, 560).box(690, 456, 930, 462).box(682, 364, 938, 374).box(682, 558, 938, 570),
        "#5d7a74",
        crisp=True,
    )
    shine = sheet.block().area(trace("690,640 930,640 1180,1080 440,1080"))
    sheet.ink(shine, "#fff3cf", tone=sheet.ramp((0, 1090), (0, 640), low=0, high=235))
    tiles = sheet.block()
    for k in range(1, 9):
        y = 640 + 440 * (k / 9) ** 1.8
        tiles.line([(0, y), (1620, y)], 1.4)
    for k in range(-6, 14):
        tiles.line([(left + (right - left) * k / 8, bottom), (810 + (k - 4) * 420, 1090)], 1.4)
    sheet.ink(
        tiles.within(sheet.block().area([(0, 1080), (1620, 1080), (right, bottom), (left, bottom)])),
        "#8aa79b",
        crisp=True,
        alpha=0.6,
    )
    shade = sheet.block().area(trace("730,800 870,800 880,1000 640,1000"))
    sheet.ink(shade, "#49706b", tone=sheet.ramp((0, 1010), (0, 790)), alpha=0.7)
    nurse = person(sheet.block(), 760, 806, 292, coat=0.4, stride=0.35)
    sheet.ink(nurse, "#1d4a55", crisp=True)
    sheet.ink(sheet.block().blob(trace("742,526 760,512 778,526 776,546 744,546")), "#22262a", crisp=True)
    trolley = (
        sheet.block()
        .box(800, 640, 916, 652)
        .box(804, 716, 912, 726)
        .line([(806, 640), (806, 790)], 6)
        .line([(910, 640), (910, 790)], 6)
    )
    trolley.oval(808, 796, 9).oval(908, 796, 9).line([(800, 640), (782, 610)], 6)
    trolley.box(820, 608, 846, 640).box(856, 618, 902, 640).box(822, 690, 890, 716)
    sheet.ink(trolley, "#33474a", crisp=True)


def _door(
    sheet: Sheet, far: tuple[float, float, float, float], a: float, b: float, *, side: int, open_: bool = False
) -> None:
    """A door on the left (0) or right (1) wall, from share `a` to share `b` of the way to the far wall."""
    left, top, right, bottom = far
    edge, goal = (0.0, left) if side == 0 else (1620.0, right)

    def at(share: float, level: float) -> Point:
        return edge + (goal - edge) * share, (0 + top * share) + (
            (1080 - (1080 - bottom) * share) - top * share
        ) * level

    frame = sheet.block().area([at(a - 0.012, 0.2), at(b + 0.012, 0.2), at(b + 0.012, 1), at(a - 0.012, 1)])
    leaf = sheet.block().area([at(a, 0.22), at(b, 0.22), at(b, 1), at(a, 1)])
    sheet.ink(frame, "#e7e3cc")
    sheet.ink(leaf, "#f7dfa6" if open_ else "#c08a58")
    if open_:
        light = sheet.block().area(
            [at(a, 1), at(b, 1), (at(b, 1)[0] - 190, at(b, 1)[1] + 4), (at(a, 1)[0] - 330, at(a, 1)[1] + 8)]
        )
        sheet.ink(light, "#f7e2ac", alpha=0.7)
        return
    sheet.ink(leaf, "#5d3a2a", tone=sheet.ramp(at(a, 0.3), at(b, 0.3), low=130, high=10))
    pane = sheet.block().area(
        [at(a + (b - a) * 0.3, 0.3), at(a + (b - a) * 0.7, 0.3), at(a + (b - a) * 0.7, 0.5), at(a + (b - a) * 0.3, 0.5)]
    )
    sheet.ink(pane, "#dbe6d8")


@scene("classroom", paper="#f4e6c4")
def classroom(sheet: Sheet) -> None:
    """An empty classroom in the afternoon, a river in chalk on the board."""
    sheet.ink(None, "#e3cfa0")
    sheet.ink(None, "#a98d63", tone=sheet.ramp((500, 0), (1640, 0)))
    floor = sheet.block().box(0, 700, 1620, 1080)
    sheet.ink(floor, "#b3763f")
    sheet.ink(floor, "#6a3c24", tone=sheet.ramp((300, 740), (1500, 1080)))
    sheet.ink(sheet.block().box(0, 676, 1620, 702), "#7b5637")
    board = sheet.block().box(470, 190, 1290, 560)
    sheet.ink(sheet.block().box(452, 172, 1308, 578), "#8b5a34")
    sheet.ink(board, "#264a40")
    sheet.ink(board, "#47705f", tone=sheet.pool(700, 300, 520, 260))
    _chalk_river(sheet, board)
    sheet.ink(sheet.block().box(460, 578, 1300, 594), "#6d4427")
    sheet.ink(
        sheet.block().box(620, 570, 668, 578).box(690, 571, 712, 578).box(1010, 566, 1070, 578), "#f4efe0", crisp=True
    )
    window = sheet.block().area(trace("0,120 300,170 300,560 0,600"))
    sheet.ink(window, "#fff8df")
    sheet.ink(window, "#8fbfc4", tone=sheet.ramp((0, 620), (0, 130), low=10, high=180))
    bars = (
        sheet.block()
        .line([(0, 360), (300, 366)], 10)
        .line([(150, 140), (150, 582)], 10)
        .line(trace("0,120 300,170 300,560 0,600"), 14)
    )
    sheet.ink(bars, "#f1e2bd")
    sheet.ink(bars, "#7a6040", tone=sheet.ramp((0, 0), (340, 0)), alpha=0.5)
    for x in (330, 760):
        light = sheet.block().area([(x, 770), (x + 250, 730), (x + 620, 900), (x + 330, 980)])
        sheet.ink(light.line([(x + 125, 750), (x + 480, 940)], 14, cut=True), "#f9d98f", alpha=0.75)
    beam = sheet.block().area(trace("0,140 300,180 1010,760 520,1000 0,700"))
    sheet.ink(beam, "#fff0c0", tone=sheet.ramp((1000, 800), (0, 200), low=0, high=120))
    _globe(sheet, 1440, 560)
    for y, scale, spots in ((770, 0.8, (560, 870, 1180)), (880, 1.1, (400, 850, 1300)), (1040, 1.5, (150, 780, 1400))):
        for x in spots:
            _desk(sheet, x, y, scale)


def _chalk_river(sheet: Sheet, board: Block) -> None:
    rng, chalk = sheet.random, sheet.block()
    main = smooth(trace("500,240 600,290 690,262 800,350 920,380 1030,360 1120,440 1260,500"))
    for shift in (0, 22):
        chalk.line([(x, y + shift + rng.uniform(-1.5, 1.5)) for x, y in main], 3.5)
    for points in (
        [(640, 200), (660, 250), (690, 262)],
        [(760, 540), (790, 440), (830, 380)],
        [(960, 200), (940, 300), (920, 378)],
        [(1180, 200), (1110, 300), (1050, 364)],
    ):
        chalk.line([(x, y + rng.uniform(-2, 2)) for x, y in smooth(points)], 3.5)
    for x, y in ((520, 420), (560, 410), (600, 424), (540, 460), (585, 462)):
        chalk.line([(x - 24, y + 26), (x, y - 22), (x + 24, y + 26)], 3)
    for k in range(4):
        chalk.line(
            smooth([(1080 + k * 6, 506 + k * 11), (1120, 498 + k * 11), (1160, 508 + k * 11), (1200, 498 + k * 11)]),
            2.6,
        )
    chalk.line(arc(1180, 300, 26, 26, 0, 360, 24), 3)
    sheet.ink(chalk.within(board), "#f3efdf", alpha=0.85)


def _globe(sheet: Sheet, x: float, y: float) -> None:
    sheet.ink(sheet.block().box(1330, 676, 1560, 700).box(1350, 700, 1372, 900).box(1520, 700, 1542, 900), "#5b3822")
    stand = (
        sheet.block()
        .line(arc(x, y, 104, 104, -70, 110, 30), 8)
        .box(x - 8, y + 92, x + 8, y + 122)
        .blob([(x - 50, y + 120), (x, y + 106), (x + 50, y + 120)])
    )
    sheet.ink(stand, "#7a4a24", crisp=True)
    ball = sheet.block().oval(x, y, 88)
    sheet.ink(ball, "#3d8594")
    land = (
        sheet.block()
        .blob([(x - 60, y - 50), (x - 20, y - 70), (x + 10, y - 40), (x - 10, y + 6), (x - 44, y - 6)])
        .blob([(x + 10, y + 8), (x + 54, y - 4), (x + 62, y + 34), (x + 26, y + 66), (x + 4, y + 40)])
        .blob([(x - 70, y + 30), (x - 44, y + 24), (x - 40, y + 54), (x - 58, y + 60)])
    )
    sheet.ink(land.within(ball), "#d9b866")
    sheet.ink(ball, "#173743", tone=sheet.ramp((x - 30, y - 30), (x + 80, y + 70)))


def _desk(sheet: Sheet, x: float, y: float, scale: float) -> None:
    near = (x, y + 20 * scale, 230 * scale)

    def at(dx: float, dy: float) -> Point:
        return x + dx * scale, y + dy * scale

    sheet.ink(sheet.block(near).blob([at(-90, 128), at(60, 118), at(200, 132), at(60, 150)]), "#4a2618", alpha=0.6)
    legs = (
        sheet.block(near)
        .line([at(-110, 10), at(-118, 130)], 7 * scale)
        .line([at(110, 10), at(118, 130)], 7 * scale)
        .line([at(-40, 40), at(-52, 138)], 6 * scale)
        .line([at(40, 40), at(52, 138)], 6 * scale)
    )
    sheet.ink(legs, "#2f3a3c", crisp=True)
    top = sheet.block(near).area([at(-116, -18), at(116, -18), at(140, 14), at(-140, 14)])
    sheet.ink(sheet.block(near).area([at(-140, 14), at(140, 14), at(138, 26), at(-138, 26)]), "#6b4026")
    sheet.ink(top, "#d69a56")
    sheet.ink(top, "#fbdca0", tone=sheet.ramp(at(120, 0), at(-160, 0)))
    back = (
        sheet.block(near)
        .blob([at(-62, 50), at(-60, 16), at(0, 8), at(60, 16), at(62, 50), at(0, 56)])
        .blob([at(-64, 92), at(0, 84), at(64, 92), at(60, 104), at(-60, 104)])
    )
    sheet.ink(back, "#a8552f")
    sheet.ink(back, "#5a2a1c", tone=sheet.ramp(at(-30, 0), at(90, 60)))
