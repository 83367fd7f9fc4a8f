"""Errors, retries and broken connections through the official SDK."""

import openai

from .checks import checks, collected, equal, fails, holds, settled
from .openai_chat import ASK
from .servers import Stopwatch

CHECKS, check = checks()


@check("error.key")
async def wrong_key(peer):
    stranger = peer.with_options(api_key="sk-not-issued-here-at-all")
    code = "401" if peer.is_azure else "invalid_api_key"
    for stream in [False, True]:
        error = await fails(
            openai.AuthenticationError,
            lambda stream=stream: stranger.chat.completions.create(
                model=peer.model, messages=ASK, stream=stream
            ),
            code=code,
        )
        holds(error.request_id, "a request id")
        holds("not-issued-here" not in str(error), "the key is not repeated")


@check("error.model")
async def unknown_model(peer):
    code = "DeploymentNotFound" if peer.is_azure else "model_not_found"
    await fails(openai.NotFoundError, lambda: peer.chat(ASK, model="nobody"), code=code)
    if not peer.is_azure:
        await fails(
            openai.BadRequestError,
            lambda: peer.client.responses.create(model="nobody", input="a"),
            code="model_not_found",
            param="model",
        )


@check("error.parameter")
async def bad_parameter(peer):
    await fails(
        openai.BadRequestError, lambda: peer.chat(ASK, temperature=9), param="temperature"
    )
    await fails(
        openai.BadRequestError,
        lambda: peer.chat(ASK, extra_body={"nonsense": 1}),
        param="nonsense",
        code="unknown_parameter",
    )
    await fails(
        openai.BadRequestError,
        lambda: peer.client.post(peer.chat_path, body={"model": peer.model}, cast_to=object),
        param="messages",
        code="missing_required_parameter",
    )


@check("error.type")
async def wrong_type(peer):
    for name, value in [("n", "two"), ("stream", "yes"), ("tools", {}), ("temperature", [])]:
        error = await fails(
            openai.BadRequestError,
            lambda: peer.chat(ASK, extra_body={name: value}),
            param=name,
            code="invalid_type",
        )
        holds(f"Invalid type for '{name}'" in str(error), str(error))
    await fails(
        openai.BadRequestError,
        lambda: peer.chat([{"role": "user", "content": 7}]),
        param="messages[0].content",
        code="invalid_type",
    )
    if not peer.is_azure:
        await fails(
            openai.BadRequestError,
            lambda: peer.client.responses.create(model=peer.model, input=7),
            param="input",
            code="invalid_type",
        )


@check("error.unsupported")
async def not_offered(peer):
    asked = [
        ("functions", [{"name": "f", "parameters": {}}]),
        ("function_call", "auto"),
        ("audio", {"voice": "alloy", "format": "wav"}),
        ("modalities", ["text", "audio"]),
    ]
    for name, value in asked:
        await fails(
            openai.BadRequestError,
            lambda: peer.chat(ASK, **{name: value}),
            param=name,
            code="unsupported_parameter",
        )
    if not peer.is_azure:
        await fails(
            openai.BadRequestError,
            lambda: peer.client.responses.create(model=peer.model, input="a", background=True),
            param="background",
            code="unsupported_parameter",
        )


@check("error.headers")
async def headers(peer):
    error = await fails(openai.NotFoundError, lambda: peer.chat(ASK, model="nobody"))
    holds(error.response.headers.get("x-request-id"), "a request id")
    equal(error.response.headers.get("openai-version"), None, "version at the edge")
    if not peer.is_azure:
        error = await fails(
            openai.BadRequestError,
            lambda: peer.client.responses.create(model="nobody", input="a"),
        )
        found = error.response.headers
        for name in ["organization", "project", "processing-ms", "version"]:
            holds(found.get(f"openai-{name}"), f"openai-{name} from behind it")
        holds(found.get("x-request-id"), "a request id")


@check("error.context")
async def context(peer):
    prompt = [{"role": "user", "content": "word " * 150_000}]
    error = await fails(
        openai.BadRequestError,
        lambda: peer.chat(prompt),
        code="context_length_exceeded",
        param="messages",
    )
    holds("maximum context length" in str(error), "the fixed words")


@check("error.quota")
async def quota(peer):
    peer.mock.fail("quota_exhausted", times=1)
    code = "429" if peer.is_azure else "insufficient_quota"
    await fails(
        openai.RateLimitError,
        lambda: peer.with_options(max_retries=0).chat.completions.create(
            model=peer.model, messages=ASK
        ),
        code=code,
    )


@check("retry.rate_limit")
async def rate_limit(peer):
    peer.mock.fail("rate_limited", retry_after_ms=2_000)
    error = await fails(openai.RateLimitError, lambda: peer.impatient_chat(ASK))
    equal(error.response.headers["retry-after"], "2")
    peer.mock.fail("rate_limited", retry_after_ms=2_000)
    with Stopwatch() as watch:
        await settled(peer.chat(ASK))
    holds(1.9 <= watch.seconds < 5, f"answered after {watch.seconds:.1f} s")


@check("retry.real_limit")
async def real_limit(peer):
    peer.mock.behave(rate_limits=[{"scope": "key", "requests_per_minute": 30}])
    for _ in range(30):
        await settled(peer.impatient_chat(ASK))
    error = await fails(
        openai.RateLimitError, lambda: peer.impatient_chat(ASK), code="rate_limit_exceeded"
    )
    wait = int(error.response.headers["retry-after"])
    holds(1 <= wait <= 2, f"retry-after {wait}, where a request comes back every 2 s")
    equal(error.response.headers["x-ratelimit-remaining-requests"], "0")
    await settled(peer.chat(ASK))


@check("retry.server")
async def server(peer):
    peer.mock.fail("status", times=2, status=500)
    await settled(peer.chat(ASK))
    peer.mock.fail("status", times=2, status=500)
    client = peer.with_options(max_retries=1)
    error = await fails(
        openai.InternalServerError,
        lambda: client.chat.completions.create(model=peer.model, messages=ASK),
    )
    equal(error.status_code, 500)


@check("retry.connection")
async def connection(peer):
    peer.mock.fail("disconnect", times=1)
    await settled(peer.chat(ASK))


@check("broken.stall")
async def stall(peer):
    peer.mock.fail("slow_head", times=1, ms=3_000)
    client = peer.with_options(timeout=0.4, max_retries=0)
    with Stopwatch() as watch:
        await fails(
            openai.APITimeoutError,
            lambda: client.chat.completions.create(model=peer.model, messages=ASK),
        )
    holds(watch.seconds < 2, f"noticed after {watch.seconds:.1f} s")


@check("broken.disconnect")
async def disconnect(peer):
    peer.mock.fail("disconnect", times=1)
    error = await fails(openai.APIConnectionError, lambda: peer.impatient_chat(ASK))
    holds(not isinstance(error, openai.APITimeoutError), "no time-out")


@check("broken.stream")
async def broken_stream(peer):
    peer.mock.fail("disconnect", times=1, after_pieces=3)
    chunks = []

    async def read():
        stream = await settled(peer.chat(ASK, stream=True))
        if peer.is_async:
            async for chunk in stream:
                chunks.append(chunk)
        else:
            for chunk in stream:
                chunks.append(chunk)

    await fails(openai.APIConnectionError, read)
    holds(len(chunks) >= 3, f"{len(chunks)} chunks before the end")


@check("broken.truncated")
async def truncated(peer):
    peer.mock.fail("truncate", times=1, after_pieces=3)
    chunks = await collected(peer.chat(ASK, stream=True))
    holds(len(chunks) >= 3, f"{len(chunks)} chunks")
    reasons = [c.finish_reason for chunk in chunks for c in chunk.choices if c.finish_reason]
    equal(reasons, [], "finish reasons")
