"""The samples in English. Places and people are invented."""

from dateline.theme.components import Known, KnownSource, Link
from dateline.theme.samples.texts import Line, Voice, Words

ENGLISH = Words(
    code="en",
    name="Dateline",
    heading="Today’s front",
    main=Line(
        "Sarran basin",
        "Flood centre opens with hundreds of its desks empty",
        "Seven states promised 700 people to watch one river. Seven weeks after the date they set themselves, between"
        " 200 and 400 have arrived, and the rains have not waited.",
        time="13:40",
        minutes="5 min",
        byline="Mira Tandell and Idris Kaya, Maren",
    ),
    related=(
        "What the centre can order, and what it can only ask",
        "Who has sent whom: the seven states in one table",
        "Nine years to one control room: a timeline",
    ),
    side=(
        Line(
            "Environment",
            "Upper falls will run all winter under a new minimum-flow rule",
            "Engineers and farmers settle on a number after two dry years.",
            time="11:20",
        ),
        Line(
            "Elections",
            "Maren votes on Sunday: nine lists, and one argument about buses",
            "What the council can decide, what it cannot, and how the votes are counted.",
            minutes="8 min",
            form="explainer",
            form_label="Explainer",
            byline="Hannah Rook",
            calm=True,
        ),
    ),
    lines=(
        Line("Ports", "Harbour pilots return to work after eleven days"),
        Line("Transport", "Night buses come back to the eastern districts on Monday"),
        Line("Science", "Ridge telescope sees first light a year early"),
    ),
    river=(
        Line("Economy", "Container port closes its rail link for two nights", time="14:18"),
        Line("Politics", "Council publishes the map of new bus lanes", time="14:02"),
        Line("Sports", "Swimmer, 17, takes two seconds off the 400-metre record", time="13:47"),
        Line("Culture", "Map museum stays open until midnight, and the queue grows", time="13:21"),
        Line("Economy", "Bakers hold the price of bread for a third month", time="12:55"),
        Line("Environment", "Reservoirs stand four centimetres above the seasonal mean", time="12:30"),
        Line("Technology", "Ferry tickets move to one card from January", time="18 Nov"),
    ),
    led=(
        Line(
            "Ice",
            "The glacier that was measured by hand for sixty years gets a sensor",
            "Every September two people walked up with a rope. This year they carried a box the size of a loaf, and"
            " left it there.",
            minutes="12 min",
            form="gallery",
            form_label="Feature",
            byline="Sana Brevik",
            badge="9 pictures",
            calm=True,
        ),
        Line(
            "Water",
            "How much water is a promise? The compact’s eleven numbers",
            "Three are limits, six are targets, and two nobody has ever measured.",
            time="10:05",
            minutes="6 min",
            form="explainer",
            form_label="Explainer",
            calm=True,
        ),
        Line(
            "Delta",
            "Reeds do the work of a treatment plant in the lower delta",
            "The first full year of data is in: less nitrogen, more herons.",
            time="09:12",
        ),
        Line(
            "Fisheries",
            "Fishers and dredgers sign the quietest deal of the year",
            "No engines in the spawning bays from dusk to dawn until May.",
            time="08:40",
        ),
    ),
    even=(
        Line("Craft", "The last mill in the old town grinds flour by day and makes power by night", time="Yesterday"),
        Line(
            "Theatre",
            "The theatre festival moves into the customs hall, cranes and all",
            "The hall was built for shouting over cargo. The director says that suits the play.",
            time="10:48",
            minutes="4 min",
        ),
        Line(
            "Language",
            "One loaf, nine names: a dictionary of the coast",
            minutes="9 min",
            form="feature",
            form_label="Feature",
            calm=True,
        ),
        Line(
            "Opinion",
            "A seat in the stalls should cost less than the bus that takes you there",
            "Lena Aradi on who the stage is for.",
            form="opinion",
            minutes="5 min",
        ),
    ),
    voices=(
        Voice("Lena Aradi", "Hydrologist", "A river does not read treaties"),
        Voice("Tomas Veld", "Columnist", "Let the buses be boring"),
        Voice("Nour Hassoun", "Columnist", "An empty desk is also a vote"),
        Voice("Ilias Roman", "Harbour pilot, retired", "What pilots know about patience"),
    ),
    films=(
        Line(
            "Video feature",
            "Night shift: four hours in a city bakery",
            "No narration, no music. The city sleeps; the dough does not.",
            form="video",
            badge="12:40",
        ),
        Line("", "Breakfast at the ferry terminal", form="video", badge="5:02", time="Today"),
        Line("", "The stew that feeds a crew of ninety", form="video", badge="7:48", time="Yesterday"),
        Line("", "What a crust is made of", form="video", badge="3:15", time="Tuesday"),
        Line("", "Steamed before sunrise", form="video", badge="6:20", time="Monday"),
    ),
    frames=(
        "A floured loaf in baking paper",
        "Two men bake outdoors on hot sand and stones",
        "A round loaf on a cooling rack",
        "A seeded square fresh from the tin",
        "Dark crumb beside a spiral crust",
        "Two loaves on the oven shelf",
        "A long loaf, and nothing else",
    ),
    frames_note="One thing, photographed everywhere. Seven frames from the archive.",
    credit="Picture: Dateline",
    alt="Low hills under a pale evening sun",
    caption="The upper valley on Thursday evening, an hour before the gauge at the bridge passed four metres.",
    made="Made with AI in part, as its file says",
    origin=(
        "Content credentials: signed by ⁨Basin Pictures⁩, 19 November 2026",
        "This file: signed by ⁨Basin Pictures⁩, 19 November 2026.",
        "What was done: cropped, colours changed.",
        "With: ⁨Darkroom 7⁩.",
        "Made from ⁨valley-0117.jpg⁩, signed in the name of ⁨Alpine Cameras⁩, 19 November 2026.",
    ),
    sections=(
        "Environment",
        "Arts & Culture",
        "Opinion",
        "Screening room",
        "In pictures: bread as it is",
        "Newest",
        "Coverage",
    ),
    all_of="All of it",
    coverage=(
        "The Sarran compact",
        "Seven states share one river and, since 2024, one set of rules. We follow what was signed, what"
        " was built, and"
        " who turned up.",
        "64 stories since March 2024",
    ),
    byline="By Mira Tandell and Idris Kaya, in Maren",
    authors=("Mira Tandell", "Idris Kaya"),
    ten=(
        "Mira Tandell",
        "Idris Kaya",
        "Hannah Rook",
        "Sana Brevik",
        "Nour Hassoun",
        "Tomas Veld",
        "Lena Aradi",
        "Ilias Roman",
        "Hana Oreld",
        "Per Anselm Quist",
    ),
    ten_byline="By Mira Tandell, Idris Kaya, Hannah Rook, Sana Brevik, Nour Hassoun, Tomas Veld, Lena"
    " Aradi, Ilias Roman,"
    " Hana Oreld and Per Anselm Quist",
    role="Hydrologist",
    bio="Measures rivers, and writes about those who promise to. Lives above the upper bridge.",
    source="Dateline, Basin News Pool",
    published=("13:40", "19 November 2026, 13:40"),
    updated=("14:05", "14:05"),
    minutes="5 min read",
    place="Maren",
    old="This story is 2 years old",
    paragraphs=(
        "The clocks on the wall show seven capitals, and the screens below them show one river. On"
        " Thursday morning the"
        " room that was built to watch the Sarran was switched on. In front of most of the screens, nobody sat.",
        "The seven states along the river agreed in March to send 700 people to the Sarran Flood Centre by 1 October."
        " Seven weeks after that date, officials at the centre say that “a few hundred” have come. Arrival lists seen"
        " by Dateline put the number between 200 and 400, depending on what counts as arriving.",
        "“We can read every gauge,” said Hana Oreld, who runs the night desk. “What we cannot do yet is"
        " read them all,"
        " every hour, until spring.”",
        "The centre has two halves. A headquarters in Maren makes the forecasts. Four hubs, in river ports, keep the"
        " boats, pumps and sandbags that a forecast sets in motion. Before it, each state asked for help"
        " when the water"
        " was already at the door, and each got a different answer.",
        "The compact’s own word for its purpose is “predictable”. It was also meant to outlast the mood of any one"
        ' member: the largest, <a href="/en/politics/aldria">Aldria</a>, pays 38 per cent of the costs and holds an'
        " election next year.",
        "Two states, Benmar and Tessaly, have sent everyone they promised. Three others report people as “assigned”:"
        " named on a list, paid, and still at their desks at home. The difference between assigned and"
        " arrived is most"
        " of the uncertainty in our count.",
        "Money is <em>not</em> the main reason, three people with knowledge of the budget said."
        " Forecasters are scarce"
        " everywhere, and a state that lends twelve of them feels it on its own rivers.",
        "The wet season began on 8 November. On Thursday the gauge at Upper Bridge passed 4.2 metres,"
        " half a metre above"
        " the mean for the date and a metre below the level at which the centre would warn the lower"
        " delta. “High, not"
        " dangerous,” the duty forecaster said.",
        "The states meet on 3 December. On the table is a single sentence: that every member publish, each month and"
        " post by post, who has arrived.",
    ),
    subheads=("What was promised", "Why the chairs are empty"),
    sub_subhead="What counts as arriving",
    listed=("A name on the list of the state that sends it", "A signature in the book at the gate", "A shift worked"),
    quote="We signed for a number. Nobody signed for a name, and a number does not answer the telephone at night.",
    quoted="Per Anselm Quist, who negotiated for Tessaly",
    pull="A name on a list does not lift a sandbag.",
    more="What the centre can order, and what it can only ask",
    table=(
        "Posts promised and filled, 19 November",
        ("State", "Promised", "Arrived", "State of the promise"),
        (
            ("Aldria", "210", "40–95", "Late"),
            ("Benmar", "84", "84", "Kept"),
            ("Corvay", "120", "20–75", "Late"),
            ("Dessa", "96", "12–50", "Late"),
            ("Tessaly", "44", "44", "Kept"),
            ("Two others", "146", "0–52", "Late"),
        ),
    ),
    embed=("River Authority", "Live levels of all 212 gauges"),
    correction="An earlier version gave Aldria’s share of the costs as 36 per cent. It is 38 per cent.",
    correction_label="Correction",
    corrected="Corrected on 19 Nov 2026",
    compare=("Version 1", "Version 2", "8 paragraphs are the same"),
    known=Known(
        "One document, one official statement, two unnamed people and one other outlet; own reporting",
        (
            KnownSource(
                1,
                "Annex C of the compact",
                "document",
                url="https://basin.example/compact/annex-c",
                archived="https://archive.example/compact/annex-c",
                facts=("14 March 2026",),
                quote="The states shall send the posts listed here by the first of October.",
                passages=(Link("Back to passage 1", "#noted-1"),),
            ),
            KnownSource(
                2,
                "Flood Centre press office",
                "official statement",
                facts=("in reply to our questions", "19 November 2026"),
                passages=(Link("Back to passage 1", "#noted-2"), Link("Back to passage 2", "#noted-3")),
            ),
            KnownSource(3, "Two people with knowledge of the budget", "unnamed person"),
            KnownSource(
                4,
                "The Delta Herald",
                "other outlet",
                chain="The Delta Herald, citing Radio Corvay, citing unnamed officials",
            ),
            KnownSource(5, "own reporting"),
        ),
        "Every source was asked for its own copy of the list.",
    ),
    rights="Text: CC BY 4.0. Pictures by agreement with their makers.",
    topics=("Sarran basin", "Floods", "Water", "Maren"),
    alerts=(
        ("Gates of the upper Sarran dam opened to a third; no town is at risk", "River Authority"),
        ("Trains between Maren and the coast stand still", ""),
        (
            "The seven states’ ministers leave the hall without a text and say that they will meet again before the end"
            " of the week, in a place yet to be named",
            "three delegations",
        ),
    ),
    alert_labels=("Breaking", "Developing"),
    long_title="After nine years of talks, two dry winters and one election, seven states agree on how"
    " much of the river"
    " each may take, and leave until next spring the question of who will count it",
    short_title="Rain",
    mixed_title="Why «نهر السرّان» means two rivers: محمد and Ana read one map",
    huge_title="4,294,967,296 litres a second: the number 1,000,000,000,000 people-hours could not make smaller",
    withdrawn=(
        "This story was withdrawn",
        "It named a village that was not flooded. We have taken it down and are sorry for the alarm it caused.",
    ),
    not_found=("Nothing stands at this address", "The link may be old, or a letter of it may be missing."),
    failed=("Something went wrong here", "The fault is ours and has been noted. The stories below can still be read."),
    older="Older stories",
    newer="Newer stories",
    page="Page 3",
    plain="This site sets no cookies and loads nothing from anybody else. The numbers we keep are counts"
    " of pages, not of"
    " people.",
)
