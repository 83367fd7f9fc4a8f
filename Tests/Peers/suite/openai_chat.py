"""Chat completions through the official SDK, whichever kind of its client `peer` holds."""

import asyncio
import json

from pydantic import BaseModel

from .checks import checks, collected, equal, holds, settled

CHECKS, check = checks()
ASK = [{"role": "user", "content": "How many vacation days do I have?"}]
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "The weather of a city",
        "parameters": {
            "type": "object",
            "properties": {
                "city": {"type": "string"},
                "days": {"type": "integer", "minimum": 1, "maximum": 7},
            },
            "required": ["city", "days"],
            "additionalProperties": False,
        },
        "strict": True,
    },
}
FORCED = {"type": "function", "function": {"name": "weather"}}


class Answer(BaseModel):
    title: str
    score: int
    tags: list[str]


def fits_weather(arguments):
    found = json.loads(arguments)
    equal(set(found), {"city", "days"}, "arguments")
    holds(isinstance(found["city"], str) and 1 <= found["days"] <= 7, f"arguments: {found}")


@check("chat.plain")
async def plain(peer):
    answer = await settled(peer.chat(ASK))
    holds(answer.id.startswith("chatcmpl-"), answer.id)
    holds(answer.model.startswith("gpt-4o-mini-2024"), answer.model)
    equal(answer.object, "chat.completion")
    equal(answer.choices[0].finish_reason, "stop")
    holds("vacation days" in answer.choices[0].message.content, "the question comes back")
    usage = answer.usage
    equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens, "total")
    holds(usage.prompt_tokens > 5 and usage.completion_tokens > 5, "tokens are counted")


@check("chat.headers")
async def headers(peer):
    raw = await settled(
        peer.client.chat.completions.with_raw_response.create(model=peer.model, messages=ASK)
    )
    completion = await settled(raw.parse())
    holds(completion._request_id, "_request_id")
    equal(completion._request_id, raw.headers["x-request-id"])
    for name in ["x-ratelimit-remaining-requests", "x-ratelimit-remaining-tokens"]:
        holds(raw.headers[name].isdigit(), f"{name}: {raw.headers.get(name)}")
    if not peer.is_azure:
        holds(raw.headers["openai-processing-ms"].isdigit(), "openai-processing-ms")
        equal(raw.headers["openai-version"], "2020-10-01")


@check("chat.strict")
async def strict(peer):
    client = peer.strict_client()
    await settled(client.chat.completions.create(model=peer.model, messages=ASK))
    if not peer.is_azure:
        await settled(client.models.list())
        await settled(client.responses.create(model=peer.model, input="Hello"))
    model = peer.embedding_model
    await settled(
        client.embeddings.create(model=model, input="a", encoding_format="float")
    )


def text(chunks, index=0):
    return "".join(
        choice.delta.content or ""
        for chunk in chunks
        for choice in chunk.choices
        if choice.index == index
    )


@check("chat.stream")
async def stream(peer):
    chunks = await collected(peer.chat(ASK, stream=True))
    named = [chunk for chunk in chunks if chunk.id]
    equal(len({chunk.id for chunk in named}), 1, "ids")
    holds("vacation days" in text(chunks), "the question comes back")
    holds(len(named) > 3, f"{len(named)} chunks")
    reasons = [c.finish_reason for chunk in chunks for c in chunk.choices if c.finish_reason]
    equal(reasons, ["stop"], "finish reasons")
    holds(all(chunk.usage is None for chunk in chunks), "usage that nobody asked for")


@check("chat.stream_usage")
async def stream_usage(peer):
    chunks = await collected(peer.chat(ASK, stream=True, stream_options={"include_usage": True}))
    last = chunks[-1]
    equal(last.choices, [])
    equal([chunk.usage for chunk in chunks[:-1]], [None] * (len(chunks) - 1), "earlier usage")
    whole = await settled(peer.chat(ASK))
    equal(last.usage.prompt_tokens, whole.usage.prompt_tokens, "prompt tokens")
    holds(last.usage.completion_tokens > 5, "completion tokens")


@check("chat.choices")
async def choices(peer):
    answer = await settled(peer.chat(ASK, n=3))
    equal([choice.index for choice in answer.choices], [0, 1, 2])
    holds(len({choice.message.content for choice in answer.choices}) == 3, "three answers")
    chunks = await collected(peer.chat(ASK, n=2, stream=True))
    holds(text(chunks, 0) and text(chunks, 1), "both are streamed")


@check("chat.tools")
async def tools(peer):
    answer = await settled(peer.chat(ASK, tools=[WEATHER], tool_choice=FORCED))
    message = answer.choices[0].message
    equal(message.content, None)
    equal(message.tool_calls[0].function.name, "weather")
    fits_weather(message.tool_calls[0].function.arguments)
    many = await settled(peer.chat(ASK, tools=[WEATHER], tool_choice="required"))
    equal(many.choices[0].finish_reason, "tool_calls")


@check("chat.tools_stream")
async def tools_stream(peer):
    chunks = await collected(peer.chat(ASK, tools=[WEATHER], tool_choice="required", stream=True))
    calls = [
        call for chunk in chunks for c in chunk.choices for call in c.delta.tool_calls or []
    ]
    equal(calls[0].function.name, "weather")
    holds(calls[0].id.startswith("call_"), calls[0].id)
    holds(len(calls) > 2 and all(call.id is None for call in calls[1:]), "one id, in the first")
    fits_weather("".join(call.function.arguments for call in calls))


@check("chat.tool_round")
async def tool_round(peer):
    first = await settled(peer.chat(ASK, tools=[WEATHER], tool_choice=FORCED))
    call = first.choices[0].message.tool_calls[0]
    messages = ASK + [
        first.choices[0].message,
        {"role": "tool", "tool_call_id": call.id, "content": "Sunny, 21 degrees"},
    ]
    second = await settled(peer.chat(messages, tools=[WEATHER]))
    equal(second.choices[0].finish_reason, "stop")
    holds("Sunny" in second.choices[0].message.content, "the tool's result is in the answer")


@check("chat.json")
async def json_mode(peer):
    ask = [{"role": "user", "content": "Answer in JSON: how many days?"}]
    answer = await settled(peer.chat(ask, response_format={"type": "json_object"}))
    holds(isinstance(json.loads(answer.choices[0].message.content), dict), "an object")


@check("chat.schema")
async def schema(peer):
    answer = await settled(
        peer.client.chat.completions.parse(
            model=peer.model, messages=ASK, response_format=Answer
        )
    )
    holds(isinstance(answer.choices[0].message.parsed, Answer), "parsed into the type")


@check("chat.stop")
async def stop(peer):
    ask = [{"role": "user", "content": "one two three four"}]
    answer = await settled(peer.chat(ask, stop=["three"]))
    content = answer.choices[0].message.content
    holds("two" in content and "three" not in content, content)
    equal(answer.choices[0].finish_reason, "stop")


@check("chat.limit")
async def limit(peer):
    for name in ["max_tokens", "max_completion_tokens"]:
        answer = await settled(peer.chat(ASK, **{name: 5}))
        equal(answer.choices[0].finish_reason, "length")
        holds(1 <= answer.usage.completion_tokens <= 5, f"{answer.usage.completion_tokens} tokens")


@check("chat.seed")
async def seed(peer):
    first, second, other = [
        await settled(peer.chat(ASK, seed=number)) for number in [7, 7, 8]
    ]
    equal(first.choices[0].message.content, second.choices[0].message.content, "the same seed")
    holds(first.choices[0].message.content != other.choices[0].message.content, "another seed")
    equal(first.system_fingerprint, second.system_fingerprint)


@check("chat.logprobs")
async def logprobs(peer):
    answer = await settled(peer.chat(ASK, logprobs=True, top_logprobs=2))
    tokens = answer.choices[0].logprobs.content
    equal("".join(token.token for token in tokens), answer.choices[0].message.content)
    holds(all(token.logprob <= 0 and len(token.top_logprobs) == 2 for token in tokens), "values")


@check("chat.parallel")
async def parallel(peer):
    async def one(number):
        word = f"question-number-{number}-"
        ask = [{"role": "user", "content": word}]
        if peer.is_async:
            answer = await peer.chat(ask)
        else:
            answer = await asyncio.to_thread(peer.chat, ask)
        holds(word in answer.choices[0].message.content, "an answer to another question")
        return answer.id

    ids = await asyncio.gather(*(one(number) for number in range(50)))
    equal(len(set(ids)), 50, "ids")
