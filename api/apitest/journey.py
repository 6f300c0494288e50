"""Takes part in a dialogue with a client that was generated from the document.

Arguments: the address of the server, the convener's token, a newcomer's token.
Says "done" at the end; every step demands what it should answer.
"""

import sys
import uuid

from client import AuthenticatedClient, Client
from client.api.deal import ask_deals, get_deals
from client.api.desk import declare, make_invitation
from client.api.dialogue import get_declaration, get_dialogue, list_dialogues
from client.api.membership import agree, change_tick, get_membership, join, leave
from client.api.register import add_interest, change_interest, get_interest, get_own_register, list_interests
from client.models import (Agreeing, Counterpart, Declaring, InterestBody, InterestBodyTier, Inviting, Joining,
                           LeaveWritten, Role, RoleSpan, RoleSpanHigh, RoleSpanLow, State, Text, Tick, Ticking, Title)
from client.types import Unset

address, convener_token, newcomer_token = sys.argv[1:]
anybody = Client(base_url=address)
convener = AuthenticatedClient(base_url=address, token=convener_token)
newcomer = AuthenticatedClient(base_url=address, token=newcomer_token)


def want(answer, status):
    assert answer.status_code == status, f"got {answer.status_code}, want {status}: {answer.content[:500]}"
    return answer.parsed


def text(kind, **words):
    return kind.from_dict(words)


# Every dialogue, page by page.
found, cursor = [], None
while cursor is None or not isinstance(cursor, Unset):
    page = want(list_dialogues.sync_detailed(client=anybody, limit=1, **({"after": cursor} if cursor else {})), 200)
    found += [d.id for d in page.items]
    cursor = page.next_
assert found == ["hall", "towns"], found

# The card, the declaration, and joining with an invitation to edit a register.
card = want(get_dialogue.sync_detailed("towns", client=anybody), 200)
read = want(get_declaration.sync_detailed("towns", card.declaration, client=anybody), 200)
assert read.text["ru"]
made = want(make_invitation.sync_detailed("towns", client=convener, body=Inviting(role=Role.DELEGATE, side="KE")), 201)
joining = Joining(declaration=card.declaration, lang="ru", ticks=[Tick.RULES], sides=["KE"], pseudonym="Bittern")
key = str(uuid.uuid4())
for _ in range(2):  # the second is the first again
    me = want(join.sync_detailed("towns", client=newcomer, body=joining, parley_invitation=made.secret, idempotency_key=key), 201)
assert me.state == State.ADMITTED and me.counts_for == "KE", me

# A new declaration asks again, before anything else.
newer = want(declare.sync_detailed("towns", client=convener, body=Declaring(text=text(Text, en="Newer.", ru="Новее."))), 201)
body = InterestBody(
    title=text(Title, en="A dry cellar", ru="Сухой подвал"), tier=InterestBodyTier.VITAL,
    counterparts=[Counterpart(side="BR", role=RoleSpan(low=RoleSpanLow.MINOR, high=RoleSpanHigh.KEY))])
refused = want(add_interest.sync_detailed("towns", "KE", client=newcomer, body=body), 403)
assert refused.code == "dialogue.agree-first", refused
want(agree.sync_detailed("towns", client=newcomer, body=Agreeing(version=newer.version, lang="ru")), 200)

# Consents are given and withdrawn one by one.
want(change_tick.sync_detailed("towns", Tick.CONTACT, client=newcomer, body=Ticking(given=True)), 200)
me = want(change_tick.sync_detailed("towns", Tick.CONTACT, client=newcomer, body=Ticking(given=False)), 200)
assert [c.tick for c in me.consents if isinstance(c.withdrawn_at, Unset)] == [Tick.RULES], me.consents

# The own register: an edit says what it started from.
answer = add_interest.sync_detailed("towns", "KE", client=newcomer, body=body)
interest = want(answer, 201)
old = get_own_register.sync_detailed("towns", "KE", client=newcomer)
assert interest.id in [i.id for i in want(old, 200).interests]
assert old.headers["etag"] == answer.headers["etag"]
body.title = text(Title, en="A dry cellar in spring", ru="Сухой подвал весной")
want(change_interest.sync_detailed("towns", "KE", interest.id, client=newcomer, body=body), 428)
want(change_interest.sync_detailed("towns", "KE", interest.id, client=newcomer, body=body, if_match=old.headers["etag"]), 200)
want(change_interest.sync_detailed("towns", "KE", interest.id, client=newcomer, body=body, if_match=old.headers["etag"]), 412)
seen = want(get_interest.sync_detailed("towns", interest.id, client=anybody), 200)
assert seen.title["en"] == "A dry cellar in spring" and seen.counterparts[0].role.high == "key", seen
assert interest.id in [i.id for i in want(list_interests.sync_detailed("towns", client=anybody, side="KE", limit=100), 200).items]

# What might be done, and the way out.
asked = want(ask_deals.sync_detailed("towns", client=newcomer), 202)
assert want(get_deals.sync_detailed("towns", client=anybody), 200).sha256 == asked.sha256
gone = want(leave.sync_detailed("towns", client=newcomer, written=LeaveWritten.REMOVE), 200)
assert gone.pseudonym == "Bittern" and gone.removed >= 1, gone
want(get_membership.sync_detailed("towns", client=newcomer), 403)
want(get_interest.sync_detailed("towns", interest.id, client=anybody), 404)
print("done")
