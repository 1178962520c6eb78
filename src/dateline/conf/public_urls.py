"""The public site's addresses, as the press asks for them. The stand serves what they print."""

from django.urls import path, register_converter

from dateline.newsroom.broadcast import views as broadcast
from dateline.newsroom.find import views as find
from dateline.newsroom.fronts import views as fronts
from dateline.newsroom.listen import views as listen
from dateline.newsroom.live import views as live
from dateline.newsroom.reads import views as reads
from dateline.newsroom.stories import views as stories
from dateline.newsroom.trackers import views as trackers
from dateline.wire import feeds, podcast, sitemaps, tracker_files


class SlugConverter:
    """One segment in any script; what it may hold is for the database to know."""

    regex = r"[^/.]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class StoryTail(SlugConverter):
    """What ends a story's address: section, year, month, slug."""

    regex = r"(?:[^/.]+/){1,2}[0-9]{4}/[0-9]{2}/[^/.]+"


class Branch(SlugConverter):
    """One or two segments."""

    regex = r"[^/.]+(?:/[^/.]+)?"


class When(SlugConverter):
    """A year, a month or a day of the archive."""

    regex = r"[0-9]{4}(?:/[0-9]{2}){0,2}"


class Year(SlugConverter):
    regex = r"[0-9]{4}"


class Month(SlugConverter):
    regex = r"[0-9]{2}"


class Pair(SlugConverter):
    """Two versions of a story."""

    regex = r"[1-9][0-9]{0,5}-[1-9][0-9]{0,5}"


register_converter(Pair, "pair")
register_converter(Year, "year")
register_converter(Month, "month")
register_converter(SlugConverter, "segment")
register_converter(When, "when")
register_converter(StoryTail, "storytail")
register_converter(Branch, "branch")

urlpatterns = [
    path("", fronts.root),
    path("robots.txt", sitemaps.robots),
    path("sitemap.xml", sitemaps.index),
    path("patterns/", fronts.patterns),
    path("<segment:edition>/", fronts.home),
    path("<segment:edition>/404.html", fronts.not_found),
    path("<segment:edition>/rss.xml", feeds.edition_rss),
    path("<segment:edition>/podcast.xml", podcast.edition_podcast),
    path("<segment:edition>/listen/", listen.latest),
    path("<segment:edition>/sitemap-news.xml", sitemaps.news),
    path("<segment:edition>/sitemap-fronts.xml", sitemaps.fronts),
    path("<segment:edition>/sitemap-<int:number>.xml", sitemaps.part),
    path("<segment:edition>/island/newest.html", fronts.island_newest),
    path("<segment:edition>/island/ticker.html", live.island_ticker),
    path("<segment:edition>/island/most-read.html", reads.island),
    path("<segment:edition>/most-read/", reads.page),
    path("<segment:edition>/<branch:path>/most-read/", reads.page),
    path("<segment:edition>/search/", find.page),
    path("<segment:edition>/search/suggest.json", find.suggest),
    path("<segment:edition>/region/<segment:slug>/", fronts.region),
    path("<segment:edition>/topic/<segment:slug>/", fronts.topic),
    path("<segment:edition>/author/<segment:slug>/", fronts.author),
    path("<segment:edition>/channel/<segment:slug>/", broadcast.channel),
    path("<segment:edition>/in-five/", fronts.in_five),
    path("<segment:edition>/in-five/listen.vtt", listen.told),
    path("<segment:edition>/coverage/<segment:slug>/in-five/listen.vtt", listen.told),
    path("<segment:edition>/coverage/", fronts.all_coverages),
    path("<segment:edition>/coverage/<segment:slug>/", fronts.coverage),
    path("<segment:edition>/coverage/<segment:slug>/in-five/", fronts.coverage_in_five),
    path("<segment:edition>/series/<segment:slug>/", fronts.series),
    path("<segment:edition>/corrections/", stories.corrections),
    path("<segment:edition>/corrections/<year:year>/<month:month>/", stories.corrections),
    path("<segment:edition>/corrections.xml", feeds.corrections_rss),
    path("<segment:edition>/tracker/", trackers.all_trackers),
    path("<segment:edition>/tracker/<segment:slug>/", trackers.tracker),
    path("<segment:edition>/tracker/<segment:slug>/embed/", trackers.embed),
    path("<segment:edition>/tracker/<segment:slug>/evidence/<int:number>/", trackers.evidence),
    path("<segment:edition>/tracker/<segment:slug>/oembed.json", trackers.oembed),
    path("<segment:edition>/tracker/<segment:slug>/data.csv", tracker_files.as_csv),
    path("<segment:edition>/tracker/<segment:slug>/data.json", tracker_files.as_json),
    path("<segment:edition>/tracker/<segment:slug>/iati.xml", tracker_files.as_iati),
    path("<segment:edition>/archive/", fronts.calendar),
    path("<segment:edition>/archive/<when:when>/", fronts.calendar),
    path("<segment:edition>/<branch:path>/archive/", fronts.calendar),
    path("<segment:edition>/<branch:path>/archive/<when:when>/", fronts.calendar),
    path("<segment:edition>/<branch:path>/page/<int:number>/", fronts.stream_page),
    path("<segment:edition>/<branch:path>/rss.xml", feeds.section_rss),
    path("<segment:edition>/<branch:path>/podcast.xml", podcast.section_podcast),
    path("<segment:edition>/<storytail:path>/", stories.story),
    path("<segment:edition>/<storytail:path>/listen.vtt", listen.transcript),
    path("<segment:edition>/<storytail:path>/captions-<slug:language>.vtt", stories.captions),
    path("<segment:edition>/<storytail:path>/versions/", stories.versions),
    path("<segment:edition>/<storytail:path>/versions/<pair:pair>/", stories.versions),
    path("<segment:edition>/<storytail:path>/updates/<int:number>/", live.updates),
    path("<segment:edition>/<storytail:path>/timeline/<int:number>/", live.timeline),
    path("<segment:edition>/<branch:path>/", fronts.page),
]

#: An address that none of these knows may be one that a story brought along.
handler404 = stories.old_address
