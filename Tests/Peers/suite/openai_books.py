"""Keys and books through the administration API of the official SDK."""

import asyncio
import time
from decimal import Decimal

import openai

from .checks import checks, collected, equal, fails, holds, settled
from .openai_chat import ASK

CHECKS, check = checks()


async def project_of(peer):
    organization = peer.admin.admin.organization
    project = await settled(organization.projects.create(name="suite"))
    return organization, project.id


@check("keys.life")
async def life(peer):
    organization, project = await project_of(peer)
    accounts = organization.projects.service_accounts
    made = await settled(accounts.create(project, name="caller"))
    caller = peer.with_options(api_key=made.api_key.value)

    async def call():
        return await settled(caller.chat.completions.create(model=peer.model, messages=ASK))

    await call()
    keys = await collected(organization.projects.api_keys.list(project))
    equal([key.id for key in keys], [made.api_key.id], "keys of the project")
    holds(keys[0].last_used_at, "last_used_at")
    holds(made.api_key.value not in keys[0].redacted_value, "the value is shown once")

    # The key is deleted while calls go on: there is one moment before and after which all agree.
    outcomes = []

    async def keep_calling():
        for _ in range(40):
            try:
                await call()
                outcomes.append(200)
            except openai.AuthenticationError as error:
                equal(error.code, "invalid_api_key")
                outcomes.append(401)
            await asyncio.sleep(0.005)

    calls = asyncio.create_task(keep_calling())
    await asyncio.sleep(0.06)
    await settled(accounts.delete(made.id, project_id=project))
    await calls
    equal(outcomes, sorted(outcomes), "outcomes")
    equal(set(outcomes), {200, 401}, "both were seen")


@check("keys.scope")
async def scope(peer):
    intruder = peer.admin.with_options(admin_api_key=peer.key)
    error = await fails(
        openai.PermissionDeniedError, lambda: intruder.admin.organization.projects.list()
    )
    holds("Missing scopes" in str(error), str(error))
    boss = peer.with_options(api_key=peer.mock.admin_key)
    await fails(
        openai.PermissionDeniedError,
        lambda: boss.chat.completions.create(model=peer.model, messages=ASK),
    )


@check("keys.pages")
async def pages(peer):
    organization, project = await project_of(peer)
    accounts = organization.projects.service_accounts
    made = [(await settled(accounts.create(project, name=f"n{i}"))).id for i in range(5)]
    listed = await collected(accounts.list(project, limit=1))
    equal(sorted(account.id for account in listed), sorted(made))


async def used(peer):
    """A key of its own, some calls on it, and what their answers said that they cost."""
    key = peer.mock.new_key(name="books")
    caller = peer.with_options(api_key=key["value"])
    prompt = completion = 0
    for number in range(5):
        answer = await settled(
            caller.chat.completions.create(
                model=peer.model, messages=[{"role": "user", "content": "Count " * (number + 1)}]
            )
        )
        prompt += answer.usage.prompt_tokens
        completion += answer.usage.completion_tokens
    embedded = await settled(
        caller.embeddings.create(model=peer.embedding_model, input=["one two", "three"])
    )
    return key, prompt, completion, embedded.usage.prompt_tokens


@check("books.usage")
async def usage(peer):
    key, prompt, completion, embedded = await used(peer)
    found = peer.admin.admin.organization.usage
    options = {
        "start_time": int(time.time()) - 3_600,
        "api_key_ids": [key["id"]],
        "group_by": ["api_key_id", "model"],
        "bucket_width": "1m",
        "limit": 20,
    }
    results, page = [], None
    while True:
        more = {"page": page} if page else {}
        answer = await settled(found.completions(**options, **more))
        results += [result for bucket in answer.data for result in bucket.results]
        page = answer.next_page
        if not page:
            break
    equal(sum(result.num_model_requests for result in results), 5, "requests")
    equal(sum(result.input_tokens for result in results), prompt, "input tokens")
    equal(sum(result.output_tokens for result in results), completion, "output tokens")
    equal({result.api_key_id for result in results}, {key["id"]}, "keys")
    vectors = await settled(found.embeddings(**{**options, "limit": 1_440}))
    counted = [result for bucket in vectors.data for result in bucket.results]
    equal(sum(result.input_tokens for result in counted), embedded, "embedded tokens")


@check("books.costs")
async def costs(peer):
    key, prompt, completion, embedded = await used(peer)
    prices = {price["model"]: price for price in peer.mock.control("GET", "/prices")["models"]}
    chat, vectors = prices[peer.model], prices[peer.embedding_model]
    wanted = (
        prompt * Decimal(chat["input"])
        + completion * Decimal(chat["output"])
        + embedded * Decimal(vectors["input"])
    )
    answer = await settled(
        peer.admin.admin.organization.usage.costs(
            start_time=int(time.time()) - 86_400,
            api_key_ids=[key["id"]],
            group_by=["line_item", "api_key_id"],
        )
    )
    lines = [result for bucket in answer.data for result in bucket.results]
    found = sum(Decimal(repr(line.amount.value)) for line in lines)
    equal(found, wanted, "dollars")
    equal(len(lines), 3, "line items")


@check("books.cut")
async def cut(peer):
    key = peer.mock.new_key(name="cut")
    peer.mock.behave(latency={"between_tokens_ms": 80})
    caller = peer.with_options(api_key=key["value"])
    stream = await settled(
        caller.chat.completions.create(model=peer.model, messages=ASK, stream=True)
    )
    if peer.is_async:
        await anext(stream.__aiter__())
        await stream.close()
    else:
        next(iter(stream))
        stream.close()
    rows = []
    for _ in range(50):
        rows = peer.mock.ledger(key["id"])
        if rows:
            break
        await asyncio.sleep(0.1)
    equal([row["outcome"] for row in rows], ["cut_off"])
    holds(rows[0]["input_tokens"] > 0, "the prompt is billed")
