"""langchain-openai: each check asks plainly and asynchronously."""

import openai
from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.tools import tool
from langchain_openai import (
    AzureChatOpenAI, AzureOpenAIEmbeddings, ChatOpenAI, OpenAIEmbeddings,
)

from .checks import checks, collected, equal, fails, holds
from .openai_chat import Answer
from .openai_data import norm
from .servers import Stopwatch

CHECKS, check = checks()
QUESTION = "How many vacation days do I have?"


@tool
def weather(city: str, days: int) -> str:
    """The weather of a city."""
    return f"{city}: sunny for {days} days"


class LangChainPeer:
    provider = "openai"
    CHECKS = CHECKS

    def __init__(self, mock):
        self.mock = mock

    def begin(self):
        self.key = self.mock.new_key(name="suite")["value"]

    def model(self, **options):
        options = {"model": "gpt-4o-mini", "api_key": self.key, **options}
        return ChatOpenAI(base_url=f"{self.mock.origin}/v1", **options)

    def embeddings(self, **options):
        # Without this it would fetch a tokenizer from elsewhere.
        return OpenAIEmbeddings(
            base_url=f"{self.mock.origin}/v1", api_key=self.key,
            model="text-embedding-3-small", check_embedding_ctx_length=False, **options,
        )


class AzureLangChainPeer(LangChainPeer):
    provider = "azure"

    @property
    def CHECKS(self):
        return {row: c for row, c in CHECKS.items() if not row.startswith("responses.")}

    def begin(self):
        resource = self.mock.control("GET", "/resources")["resources"][0]
        self.key = resource["key1"]

    def model(self, **options):
        options.setdefault("azure_deployment", options.pop("model", "gpt-4o-mini"))
        options = {"api_key": self.key, **options}
        return AzureChatOpenAI(
            azure_endpoint=self.mock.origin, api_version="2024-10-21", **options
        )

    def embeddings(self, **options):
        return AzureOpenAIEmbeddings(
            azure_endpoint=self.mock.origin, api_version="2024-10-21", api_key=self.key,
            azure_deployment="text-embedding-3-small", check_embedding_ctx_length=False, **options,
        )


async def both(model, *arguments):
    return [model.invoke(*arguments), await model.ainvoke(*arguments)]


@check("chat.plain")
async def plain(peer):
    for answer in await both(peer.model(), QUESTION):
        holds(QUESTION in answer.content, "the question comes back")
        equal(answer.response_metadata["finish_reason"], "stop")
        usage = answer.usage_metadata
        equal(usage["total_tokens"], usage["input_tokens"] + usage["output_tokens"], "total")


@check("chat.stream", "chat.stream_usage")
async def stream(peer):
    model = peer.model(stream_usage=True)
    for chunks in [list(model.stream(QUESTION)), await collected(model.astream(QUESTION))]:
        whole = sum(chunks[1:], chunks[0])
        holds(QUESTION in whole.content and len(chunks) > 3, "pieces of the answer")
        holds(whole.usage_metadata["output_tokens"] > 5, "usage")
        equal(whole.response_metadata["finish_reason"], "stop")


@check("chat.choices")
async def choices(peer):
    found = peer.model(n=3).generate([[HumanMessage(QUESTION)]])
    equal(len(found.generations[0]), 3)


@check("chat.tools", "chat.tools_stream")
async def tools(peer):
    model = peer.model().bind_tools([weather], tool_choice="weather")
    chunks = list(model.stream(QUESTION))
    for answer in await both(model, QUESTION) + [sum(chunks[1:], chunks[0])]:
        call = answer.tool_calls[0]
        equal((call["name"], set(call["args"])), ("weather", {"city", "days"}))


@check("chat.tool_round")
async def tool_round(peer):
    call = peer.model().bind_tools([weather], tool_choice="weather").invoke(QUESTION)
    result = ToolMessage("Sunny, 21 degrees", tool_call_id=call.tool_calls[0]["id"])
    answer = await peer.model().ainvoke([("user", QUESTION), call, result])
    holds("Sunny" in answer.content, "the tool's result is in the answer")


@check("chat.json")
async def json_mode(peer):
    model = peer.model().with_structured_output(None, method="json_mode")
    for answer in await both(model, "Answer in JSON: " + QUESTION):
        holds(isinstance(answer, dict), "an object")


@check("chat.schema")
async def schema(peer):
    for method in ["json_schema", "function_calling"]:
        model = peer.model().with_structured_output(Answer, method=method)
        for answer in await both(model, QUESTION):
            holds(isinstance(answer, Answer), f"parsed into the type by {method}")


@check("chat.stop", "chat.limit")
async def ends(peer):
    answer = await peer.model().ainvoke("one two three four", stop=["three"])
    holds("two" in answer.content and "three" not in answer.content, answer.content)
    for answer in await both(peer.model(max_tokens=5), QUESTION):
        equal(answer.response_metadata["finish_reason"], "length")


@check("responses.plain", "responses.stream")
async def responses(peer):
    model = peer.model(use_responses_api=True)
    chunks = list(model.stream(QUESTION))
    for answer in await both(model, QUESTION) + [sum(chunks[1:], chunks[0])]:
        holds(QUESTION in answer.text, "the question comes back")
        holds(answer.usage_metadata["output_tokens"] > 5, "usage")


@check("embeddings.plain", "embeddings.batch", "embeddings.dimensions")
async def embeddings(peer):
    words = ["apples", "pears", "apples"]
    model = peer.embeddings(dimensions=256)
    for vectors in [model.embed_documents(words), await model.aembed_documents(words)]:
        equal([len(vector) for vector in vectors], [256] * 3)
        holds(vectors[0] == vectors[2] != vectors[1], "equal inputs alone are equal")
        holds(abs(norm(vectors[0]) - 1) < 0.001, "norm")


@check("error.key")
async def wrong_key(peer):
    model = peer.model(api_key="sk-not-issued-here-at-all")
    await fails(openai.AuthenticationError, lambda: model.invoke(QUESTION))
    await fails(openai.AuthenticationError, lambda: model.ainvoke(QUESTION))
    await fails(openai.AuthenticationError, lambda: collected(model.astream(QUESTION)))


@check("error.model")
async def unknown_model(peer):
    await fails(openai.NotFoundError, lambda: peer.model(model="nobody").ainvoke(QUESTION))


@check("error.parameter")
async def bad_parameter(peer):
    model = peer.model(temperature=9)
    await fails(openai.BadRequestError, lambda: model.ainvoke(QUESTION), param="temperature")


@check("retry.rate_limit")
async def rate_limit(peer):
    for ask in [peer.model().invoke, peer.model().ainvoke]:
        peer.mock.fail("rate_limited", retry_after_ms=1_000)
        with Stopwatch() as watch:
            answer = ask(QUESTION)
            if hasattr(answer, "__await__"):
                await answer
        holds(watch.seconds >= 0.9, f"answered after {watch.seconds:.1f} s")


@check("retry.server")
async def server(peer):
    peer.mock.fail("status", times=2, status=500)
    await peer.model().ainvoke(QUESTION)
    peer.mock.fail("status", times=2, status=500)
    await fails(
        openai.InternalServerError, lambda: peer.model(max_retries=1).ainvoke(QUESTION)
    )


@check("broken.stall")
async def stall(peer):
    peer.mock.fail("slow_head", times=1, ms=3_000)
    model = peer.model(timeout=0.4, max_retries=0)
    await fails(openai.APITimeoutError, lambda: model.ainvoke(QUESTION))


@check("broken.disconnect", "broken.stream")
async def disconnect(peer):
    peer.mock.fail("disconnect", times=1)
    model = peer.model(max_retries=0)
    await fails(openai.APIConnectionError, lambda: model.ainvoke(QUESTION))
    peer.mock.fail("disconnect", times=1, after_pieces=3)
    await fails(openai.APIConnectionError, lambda: collected(model.astream(QUESTION)))
