"""What a run asks for, and what it does not ask for again."""

from dataclasses import replace

from crawler.run.frontier import Frontier
from pipeline.model import Kind, Manners, Visit

NOTICE = Visit("alpha", "zbgg", Kind.NOTICE, "http://www.jianshe.example/zbgg/1024.jhtml")
AGAIN = replace(NOTICE, url="https://jianshe.example/zbgg/1024.jhtml;jsessionid=1")
OTHER = replace(NOTICE, url="http://www.jianshe.example/zbgg/1025.jhtml")


def test_a_page_is_asked_for_once_however_it_is_linked() -> None:
    """Scheme, www. and session make no other page; a page that is known is not asked for."""
    frontier = Frontier(set(), Manners())
    for visit in (NOTICE, AGAIN, OTHER):
        frontier.add(visit)
    assert list(frontier.due()) == [NOTICE, OTHER]
    knowing = Frontier({"jianshe.example/zbgg/1024.jhtml"}, Manners())
    for visit in (NOTICE, AGAIN, OTHER):
        knowing.add(visit)
    assert list(knowing.due()) == [OTHER]
