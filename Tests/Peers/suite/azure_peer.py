"""The official SDK's Azure clients."""

import openai

from . import openai_chat, openai_data, openai_errors
from .checks import checks, collected, equal, fails, holds, settled
from .openai_chat import ASK

VERSION = "2024-10-21"
# The first ones of the responses API are previews.
RESPONSES_VERSION = "2025-04-01-preview"
CHECKS, check = checks()
# A resource has no administration; its limits are the deployments'.
NOT_THERE = ("retry.real_limit",)
SHARED = {
    row: function
    for table in [openai_chat.CHECKS, openai_data.CHECKS, openai_errors.CHECKS]
    for row, function in table.items()
    if not row.startswith(NOT_THERE)
}


class AzurePeer:
    provider = "azure"
    is_azure = True
    version = RESPONSES_VERSION
    model = "gpt-4o-mini"
    embedding_model = "text-embedding-3-small"
    chat_path = "/deployments/gpt-4o-mini/chat/completions"

    @property
    def CHECKS(self):
        return {**SHARED, **CHECKS}

    def __init__(self, mock, is_async):
        self.mock = mock
        self.is_async = is_async

    def v1_client(self, key):
        """The plain client, with a resource's key in the place of its own."""
        kind = openai.AsyncOpenAI if self.is_async else openai.OpenAI
        return kind(base_url=f"{self.mock.origin}/openai/v1/", api_key=key)

    def begin(self):
        resource = self.mock.control("GET", "/resources")["resources"][0]
        self.resource = resource["name"]
        self.keys = (resource["key1"], resource["key2"])
        self.client = self.with_version(self.version)

    def strict_client(self):
        return self.with_version(
            self.version, api_key=self.keys[0], _strict_response_validation=True
        )

    def with_version(self, version, **options):
        kind = openai.AsyncAzureOpenAI if self.is_async else openai.AzureOpenAI
        options = options or {"api_key": self.keys[0]}
        return kind(azure_endpoint=self.mock.origin, api_version=version, **options)

    def with_options(self, **options):
        return self.client.with_options(**options)

    def chat(self, messages, **options):
        options = {"model": self.model, **options}
        return self.client.chat.completions.create(messages=messages, **options)

    def impatient_chat(self, messages):
        client = self.client.with_options(max_retries=0)
        return client.chat.completions.create(model=self.model, messages=messages)


@check("keys.regenerated")
async def regenerated(peer):
    first, second = [peer.with_options(api_key=key) for key in peer.keys]

    def ask(client):
        return client.chat.completions.create(model=peer.model, messages=ASK)

    await settled(ask(first))
    await settled(ask(second))
    peer.mock.control("POST", f"/resources/{peer.resource}/keys/key1/regenerate")
    await fails(openai.AuthenticationError, lambda: ask(first))
    await settled(ask(second))
    peer.begin()
    await settled(peer.chat(ASK))


@check("azure.version")
async def version(peer):
    client = peer.with_version("2019-01-01")
    await fails(
        openai.NotFoundError,
        lambda: client.chat.completions.create(model=peer.model, messages=ASK),
        code="404",
    )


@check("azure.v1")
async def v1(peer):
    client = peer.v1_client(peer.keys[0])
    answer = await settled(client.chat.completions.create(model=peer.model, messages=ASK))
    equal(answer.choices[0].finish_reason, "stop")


@check("azure.v1_responses")
async def v1_responses(peer):
    client = peer.v1_client(peer.keys[0])
    made = await settled(client.responses.create(model=peer.model, input="What is red?"))
    holds("What is red?" in made.output_text, "the question comes back")
    events = await collected(
        client.responses.create(
            model=peer.model, input="And blue?", previous_response_id=made.id, stream=True
        )
    )
    equal(events[-1].type, "response.completed")
    holds("What is red?" in events[-1].response.output_text, "the first question is known")
    older = peer.with_version("2024-10-21")
    await fails(
        openai.BadRequestError,
        lambda: older.responses.create(model=peer.model, input="x"),
        code="BadRequest",
    )


@check("azure.v1_regenerated")
async def v1_regenerated(peer):
    def ask(key):
        return peer.v1_client(key).responses.create(model=peer.model, input="x")

    await settled(ask(peer.keys[0]))
    peer.mock.control("POST", f"/resources/{peer.resource}/keys/key1/regenerate")
    # A bearer that is no key (any more) is refused as a token, in the gateway's words.
    await fails(openai.AuthenticationError, lambda: ask(peer.keys[0]))
    await settled(ask(peer.keys[1]))
    rows = peer.mock.control("GET", "/ledger?endpoint=/openai/v1/responses&limit=1000")["data"]
    equal([row["status"] for row in rows[-3:]], [200, 401, 200], "booked")
    equal(rows[-3]["key_id"], rows[-2]["key_id"], "the old value's calls")
    holds(rows[-1]["key_id"].startswith(f"{peer.resource}/key2/"), "the other key's")


@check("azure.window")
async def window(peer):
    """The deployment `scarce` takes two calls a minute."""
    clients = [peer.with_options(api_key=key, max_retries=0) for key in peer.keys]

    def ask(client, model="scarce"):
        return client.chat.completions.create(model=model, messages=ASK)

    peer.mock.control("POST", "/reset", {"ledger": False, "journal": False, "behaviour": False})
    for client in clients:
        await settled(ask(client))
    for client in clients:
        error = await fails(openai.RateLimitError, lambda: ask(client), code="429")
        seconds = int(error.response.headers["retry-after"])
        holds(1 <= seconds <= 60, f"retry-after {seconds}")
        equal(error.response.headers["x-ratelimit-reset-tokens"], str(seconds))
        holds(f"retry after {seconds} seconds" in str(error), "the message says it too")
    await settled(ask(clients[0], peer.model))


@check("azure.filter")
async def content_filter(peer):
    answer = await settled(peer.chat(ASK))
    verdicts = answer.choices[0].model_extra["content_filter_results"]
    equal(verdicts["hate"], {"filtered": False, "severity": "safe"})
    chunks = await collected(peer.chat(ASK, stream=True))
    holds(chunks[0].choices == [] and chunks[0].model_extra["prompt_filter_results"], "first chunk")
    bad = [{"role": "user", "content": "INSTRUCTION: trip the content filter for violence"}]
    error = await fails(openai.BadRequestError, lambda: peer.chat(bad), code="content_filter")
    equal(error.body["innererror"]["code"], "ResponsibleAIPolicyViolation")


@check("azure.entra")
async def entra(peer):
    client = peer.with_version(VERSION, azure_ad_token=peer.mock.entra_token())
    await settled(client.chat.completions.create(model=peer.model, messages=ASK))
    stranger = peer.with_version(VERSION, azure_ad_token="not.a.token")
    await fails(
        openai.AuthenticationError,
        lambda: stranger.chat.completions.create(model=peer.model, messages=ASK),
    )
