"""pydantic-ai: agents, over chat completions and over responses."""

from pydantic_ai import Agent, Embedder, UnexpectedModelBehavior
from pydantic_ai.embeddings.openai import OpenAIEmbeddingModel
from pydantic_ai.exceptions import ModelAPIError, ModelHTTPError
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.output import NativeOutput
from pydantic_ai.providers.openai import OpenAIProvider

from .checks import checks, equal, fails, holds
from .openai_chat import Answer
from .servers import Stopwatch

CHECKS, check = checks()
QUESTION = "How many vacation days do I have?"


class PydanticPeer:
    provider = "openai"
    CHECKS = CHECKS

    def __init__(self, mock):
        self.mock = mock

    def begin(self):
        self.key = self.mock.new_key(name="suite")["value"]

    def agent(self, kind=OpenAIChatModel, model="gpt-4o-mini", key=None, **options):
        return Agent(kind(model, provider=self.connection(key)), **options)

    def connection(self, key=None):
        return OpenAIProvider(base_url=f"{self.mock.origin}/v1", api_key=key or self.key)


async def streamed(agent):
    async with agent.run_stream(QUESTION) as result:
        pieces = [piece async for piece in result.stream_text(delta=True, debounce_by=None)]
        return pieces, result.usage


async def asked(agent):
    answer = await agent.run(QUESTION)
    holds(QUESTION in answer.output, "the question comes back")
    holds(answer.usage.output_tokens > 5, "usage")


@check("chat.plain")
async def plain(peer):
    await asked(peer.agent())


@check("chat.stream", "chat.stream_usage")
async def stream(peer):
    pieces, usage = await streamed(peer.agent())
    holds(QUESTION in "".join(pieces) and len(pieces) > 3, "pieces of the answer")
    holds(usage.output_tokens > 5, "usage")


@check("chat.tools", "chat.tool_round")
async def tools(peer):
    agent = peer.agent()
    called = []

    @agent.tool_plain
    def weather(city: str, days: int) -> str:
        """The weather of a city."""
        called.append((city, days))
        return "Sunny, 21 degrees"

    answer = await agent.run('INSTRUCTION: call "weather"\nWhat is it like?')
    equal(len(called), 1, "calls")
    holds("Sunny" in answer.output, "the tool's result is in the answer")


@check("chat.schema")
async def schema(peer):
    for output in [NativeOutput(Answer), Answer]:
        answer = await peer.agent(output_type=output).run(QUESTION)
        holds(isinstance(answer.output, Answer), "parsed into the type")


@check("chat.limit")
async def limit(peer):
    answer = await peer.agent().run(QUESTION, model_settings={"max_tokens": 5})
    holds(answer.usage.output_tokens <= 5, f"{answer.usage.output_tokens} tokens")


@check("responses.plain", "responses.stream")
async def responses(peer):
    agent = peer.agent(OpenAIResponsesModel)
    await asked(agent)
    pieces, usage = await streamed(agent)
    holds(QUESTION in "".join(pieces) and usage.output_tokens > 5, "streamed")


@check("responses.schema")
async def responses_schema(peer):
    agent = peer.agent(OpenAIResponsesModel, output_type=NativeOutput(Answer))
    holds(isinstance((await agent.run(QUESTION)).output, Answer), "parsed into the type")


@check("embeddings.plain", "embeddings.batch")
async def embeddings(peer):
    model = OpenAIEmbeddingModel("text-embedding-3-small", provider=peer.connection())
    found = await Embedder(model).embed_documents(["apples", "pears", "apples"])
    equal([len(vector) for vector in found.embeddings], [1536] * 3)
    holds(list(found.embeddings[0]) == list(found.embeddings[2]), "equal inputs are equal")


@check("error.key")
async def wrong_key(peer):
    agent = peer.agent(key="sk-not-issued-here-at-all")
    error = await fails(ModelHTTPError, lambda: agent.run(QUESTION), status_code=401)
    equal(error.body["code"], "invalid_api_key")


@check("error.model")
async def unknown_model(peer):
    agent = peer.agent(model="nobody")
    await fails(ModelHTTPError, lambda: agent.run(QUESTION), status_code=404)


@check("error.parameter")
async def bad_parameter(peer):
    error = await fails(
        ModelHTTPError,
        lambda: peer.agent().run(QUESTION, model_settings={"temperature": 9}),
        status_code=400,
    )
    equal(error.body["param"], "temperature")


@check("retry.rate_limit")
async def rate_limit(peer):
    peer.mock.fail("rate_limited", retry_after_ms=1_000)
    with Stopwatch() as watch:
        await asked(peer.agent())
    holds(watch.seconds >= 0.9, f"answered after {watch.seconds:.1f} s")


@check("retry.server")
async def server(peer):
    peer.mock.fail("status", times=2, status=500)
    await asked(peer.agent())


@check("broken.stall")
async def stall(peer):
    peer.mock.fail("slow_head", times=3, ms=2_000)
    settings = {"timeout": 0.3}
    await fails(ModelAPIError, lambda: peer.agent().run(QUESTION, model_settings=settings))


@check("broken.stream")
async def broken(peer):
    peer.mock.fail("disconnect", times=1, after_pieces=3)
    await fails((ModelAPIError, UnexpectedModelBehavior), lambda: streamed(peer.agent()))
