"""Speaks, answers and moderates with a client that was generated from the document.

Arguments: the address of the server, and the tokens of a participant, of a
delegate, of an interpreter, of an observer, of a moderator and of a convener.
Says "done" at the end; every step demands what it should answer.
"""

import sys
import uuid

from client import AuthenticatedClient, Client
from client.api.forum import (comment, edit_contribution, get_action, get_contribution, get_problem, list_comments, list_drafts, list_linked,
                              list_problems, list_revisions, look_over, move_on, propose_action, raise_problem, rate_translation, react, save_draft,
                              search, translate)
from client.api.moderation import (appeal, change_moderation_rules, decide, get_moderation_rules, list_cases, list_moderation_log,
                                   list_sanctions, report)
from client.api.notice import (count_notices, follow, get_atom_feed, get_notice_settings, list_events, list_follows, list_notices,
                               read_notices)
from client.api.opinion import (cast_vote, expect, get_card, get_knowing, get_result, get_statement, get_vote, give_reason, list_reasons,
                                list_statements, list_votes, propose_statement, skip_expecting, withdraw_vote)
from client.models import (Appealing, Casting, Commenting, Deciding, Drafted, DraftFields, Editing, Guessing, Level, Levelling, Link, LinkKind,
                           ModerationReason, Proposing, Raising, Rating, Reaction, Reading, Reasoning, Reporting, SaveDraftRequest, Stating, Status,
                           Stepping, Translating, Under, Verdict, VoteChoice)
from client.types import Unset

address = sys.argv[1]
anybody = Client(base_url=address)
participant, delegate, interpreter, observer, moderator, convener = (AuthenticatedClient(base_url=address, token=t) for t in sys.argv[2:])
ROOM = "towns"


def want(answer, status):
    assert answer.status_code == status, f"got {answer.status_code}, want {status}: {answer.content[:500]}"
    return answer.parsed


def ask(operation, *places, by, status=200, **more):
    return want(operation.sync_detailed(ROOM, *places, client=by, **more), status)


# A draft survives, a problem is raised once however often it is sent.
draft = SaveDraftRequest(fields=DraftFields.from_dict({"title": "The bridge"}))
ask(save_draft, "problem", by=participant, status=204, body=draft)
assert ask(list_drafts, by=participant).items[0].fields["title"] == "The bridge"
key = str(uuid.uuid4())
body = Raising(lang="en", title="The bridge is closed to carts", body="The market is **far** by the old road.", tags=["bridge"],
               links=[Link(kind=LinkKind.TOPIC, to="flood-release")])
problem = [ask(raise_problem, by=participant, status=201, body=body, idempotency_key=key) for _ in range(2)]
assert problem[0].number == problem[1].number and problem[0].state == "shown", problem
problem = problem[0].number
action = ask(propose_action, by=delegate, status=201, body=Proposing(lang="en", title="Open one lane", problems=[problem])).number
said = ask(comment, by=delegate, status=201, body=Commenting(lang="en", under=problem, body="How far?", quote=problem, words="far by the old road")).number
ask(comment, by=delegate, status=422, body=Commenting(lang="en", under=problem, body="?", quote=problem, words="words that nobody wrote"))
thread = ask(list_comments, by=anybody, under=problem)
assert [c.number for c in thread.items] == [said] and thread.items[0].quote.words == "far by the old road", thread
read = get_problem.sync_detailed(ROOM, problem, client=anybody)
assert [a.number for a in want(read, 200).actions] == [action] and read.parsed.author.pseudonym == "Swallow", read.parsed
assert problem in [p.number for p in ask(list_problems, by=anybody, tag="bridge").items]
assert problem in [p.number for p in ask(list_linked, by=anybody, kind=LinkKind.TOPIC, to="flood-release").items]

# An edit says what it started from; the old words are kept.
again = Editing(title="The bridge is closed to carts", body="The market is far along the old road, and farther in spring.", tags=["bridge"])
ask(edit_contribution, problem, by=participant, status=428, body=again)
ask(edit_contribution, problem, by=participant, body=again, if_match=read.headers["etag"])
ask(edit_contribution, problem, by=participant, status=412, body=again, if_match=read.headers["etag"])
assert [r.number for r in ask(list_revisions, problem, by=anybody).items] == [2, 1]
assert ask(list_comments, by=anybody, under=problem).items[0].quote.changed

# In the other language, and what others think of it.
ask(translate, problem, "ru", by=interpreter, status=204, body=Translating(title="Мост закрыт для повозок", body="До рынка далеко.", of=2))
ask(rate_translation, problem, "ru", by=delegate, status=204, body=Rating(rating=1))
ask(react, problem, Reaction.HELPFUL, by=delegate, status=204)
seen = ask(get_contribution, problem, by=delegate)
assert seen.reactions.helpful == 1 and seen.reactions.own == [Reaction.HELPFUL]
assert seen.translations[0].good == 1 and not seen.translations[0].stale, seen.translations
hits = ask(search, by=anybody, words="мосты").items
assert problem in [h.item.number for h in hits if not isinstance(h.item, Unset)], hits

# What became of it.
ask(move_on, problem, by=participant, status=403, body=Stepping(to=Status.ON_THE_TABLE, lang="en"))
ask(move_on, problem, by=convener, status=204, body=Stepping(to=Status.ON_THE_TABLE, why="The councils meet.", lang="en"))
assert ask(get_problem, problem, by=anybody).status == Status.ON_THE_TABLE
assert isinstance(ask(get_action, action, by=anybody).author.pseudonym, str)

# A heated draft is looked over before it is sent, and nothing keeps it from being sent.
hint, = ask(look_over, by=participant, body=Drafted(texts=["Once more:", "You people never listen."])).items
assert (hint.text, hint.words, hint.start, hint.end) == (1, "You people", 0, 10), hint

# A statement is served, answered, and what others may think expected.
stated = ask(propose_statement, by=delegate, status=201, body=Stating(lang="en", title="Carts should cross the bridge.", under=Under(item=problem))).number
served = ask(get_card, by=participant, item=problem)
assert served.statement.number == stated and served.sides, served
ask(cast_vote, stated, by=participant, status=204, body=Casting(choice=VoteChoice.AGREE, matters=True, token=served.token))
ask(cast_vote, stated, by=observer, status=403, body=Casting(choice=VoteChoice.AGREE))
ask(expect, stated, served.sides[0], by=participant, status=204, body=Guessing(of10=3))
for side in served.sides[1:]:
    ask(skip_expecting, stated, side, by=participant, status=204)
reason = ask(give_reason, stated, by=participant, body=Reasoning(lang="en", words="My cart is my living.")).number
own = ask(get_vote, stated, by=participant)
assert own.choice == VoteChoice.AGREE and own.counts and own.guesses[0].of10 == 3 and own.reason == reason, own
assert ask(get_contribution, reason, by=participant).own
ask(get_contribution, reason, by=delegate, status=404)  # nothing is told yet
assert ask(list_reasons, stated, by=delegate).items == []
result = ask(get_result, stated, by=participant)
assert [a.side for a in result.about] and all(isinstance(a.figures, Unset) for a in result.about), result
assert isinstance(ask(get_statement, stated, by=anybody).told, Unset)
assert stated in [s.number for s in ask(list_statements, by=anybody, item=problem).items]
assert [v.statement.number for v in ask(list_votes, by=participant).items] == [stated]
assert ask(get_knowing, by=anybody).statements == 0
ask(withdraw_vote, stated, by=participant, status=204)
assert isinstance(ask(get_vote, stated, by=participant).choice, Unset)

# Something is reported, hidden with a reason, and looked at again.
ask(follow, problem, by=observer, status=204, body=Levelling(level=Level.ALL))
assert ask(get_problem, problem, by=observer).follows == Level.ALL
assert problem in [f.item for f in ask(list_follows, by=observer).items]
ask(report, by=observer, status=204, body=Reporting(of=said, reason=ModerationReason.OFF_TOPIC))
case = [c for c in ask(list_cases, by=moderator).items if c.of.number == said][0]
verdict = Deciding(verdict=Verdict.HIDE, reason=ModerationReason.OFF_TOPIC, text="It is not about the bridge.", lang="en")
ask(decide, case.number, by=moderator, status=204, body=verdict)
ask(get_contribution, said, by=anybody, status=404)
hidden = ask(get_contribution, said, by=delegate)
assert hidden.verdict.case == case.number, hidden
ask(appeal, by=delegate, status=204, body=Appealing(case=case.number, text="It asks how far."))
ask(decide, case.number, by=moderator, status=403, body=verdict)
ask(decide, case.number, by=convener, status=204, body=Deciding(verdict=Verdict.KEEP, reason=ModerationReason.OFF_TOPIC, text="It is.", lang="en"))
assert ask(get_contribution, said, by=anybody).number == said
line = [l for l in ask(list_moderation_log, by=anybody).items if l.number == case.number][0]
assert line.decision.verdict == Verdict.HIDE and line.appeal.decision.verdict == Verdict.KEEP, line
assert ask(list_sanctions, by=delegate).items == []
rules = get_moderation_rules.sync_detailed(ROOM, client=anybody)
rules.parsed.premoderate = 1
rules.parsed.text = "Many are new."
ask(change_moderation_rules, by=moderator, status=428, body=rules.parsed)
ask(change_moderation_rules, by=moderator, body=rules.parsed, if_match=rules.headers["etag"])
ask(change_moderation_rules, by=moderator, status=412, body=rules.parsed, if_match=rules.headers["etag"])

# Who follows hears of it.
ask(comment, by=delegate, status=201, body=Commenting(lang="en", under=problem, body="Who keeps the bridge?"))
heard = want(list_notices.sync_detailed(client=observer), 200).items
assert problem in [n.root for n in heard], heard
before = want(count_notices.sync_detailed(client=observer), 200).unread
want(read_notices.sync_detailed(client=observer, body=Reading(up_to=heard[0].id)), 204)
assert before > 0 and want(count_notices.sync_detailed(client=observer), 200).unread == 0
assert want(get_notice_settings.sync_detailed(client=observer), 200).hour == 8
assert "wrote" in [e.kind for e in ask(list_events, by=anybody, root=problem).items]
feed = get_atom_feed.sync_detailed(ROOM, client=anybody, problem=problem)
assert feed.status_code == 200 and b"The bridge is closed to carts" in feed.content, feed.content[:500]
print("done")
