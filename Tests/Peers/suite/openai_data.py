"""Responses, embeddings and models through the official SDK."""

import math

import openai

from .checks import checks, collected, equal, fails, holds, settled
from .openai_chat import Answer

CHECKS, check = checks()
SEQUENCE = [
    "response.created", "response.in_progress", "response.output_item.added",
    "response.content_part.added", "response.output_text.delta", "response.output_text.done",
    "response.content_part.done", "response.output_item.done", "response.completed",
]


@check("responses.plain")
async def plain(peer):
    answer = await settled(
        peer.client.responses.create(
            model=peer.model, input="What is red?", instructions="Be brief."
        )
    )
    equal(answer.status, "completed")
    holds(answer.id.startswith("resp_"), answer.id)
    holds("What is red?" in answer.output_text, "the question comes back")
    usage = answer.usage
    equal(usage.total_tokens, usage.input_tokens + usage.output_tokens, "total")


@check("responses.stream")
async def stream(peer):
    events = await collected(
        peer.client.responses.create(model=peer.model, input="What is red?", stream=True)
    )
    kinds = [event.type for event in events]
    equal(list(dict.fromkeys(kinds)), SEQUENCE, "events")
    equal([event.sequence_number for event in events], list(range(len(events))), "numbers")
    deltas = "".join(e.delta for e in events if e.type == "response.output_text.delta")
    equal(deltas, events[-1].response.output_text, "the pieces together")
    holds(events[-1].response.usage.output_tokens > 0, "usage in the end")


@check("responses.previous")
async def previous(peer):
    first = await settled(
        peer.client.responses.create(model=peer.model, input="My word is tangerine.")
    )
    second = await settled(
        peer.client.responses.create(
            model=peer.model, input="Which word?", previous_response_id=first.id
        )
    )
    equal(second.previous_response_id, first.id)
    holds("tangerine" in second.output_text, "the first message is known")
    holds(second.usage.input_tokens > first.usage.input_tokens, "and counted")
    await fails(
        openai.BadRequestError,
        lambda: peer.client.responses.create(
            model=peer.model, input="a", previous_response_id="resp_none"
        ),
        code="previous_response_not_found",
    )


@check("responses.stored")
async def stored(peer):
    made = await settled(peer.client.responses.create(model=peer.model, input="Keep this."))
    again = await settled(peer.client.responses.retrieve(made.id))
    equal(again.output_text, made.output_text)
    items = await collected(peer.client.responses.input_items.list(made.id))
    holds("Keep this." in str(items), "the input")
    await settled(peer.client.responses.delete(made.id))
    await fails(openai.NotFoundError, lambda: peer.client.responses.retrieve(made.id))


@check("responses.schema")
async def schema(peer):
    answer = await settled(
        peer.client.responses.parse(model=peer.model, input="Rate it.", text_format=Answer)
    )
    holds(isinstance(answer.output_parsed, Answer), "parsed into the type")


def norm(vector):
    return math.sqrt(sum(x * x for x in vector))


async def embed(peer, inputs, **options):
    answer = await settled(
        peer.client.embeddings.create(model=peer.embedding_model, input=inputs, **options)
    )
    return [item.embedding for item in answer.data], answer


@check("embeddings.plain")
async def embeddings(peer):
    vectors, answer = await embed(peer, "vacation days")
    equal(len(vectors[0]), 1536, "length")
    holds(abs(norm(vectors[0]) - 1) < 0.001, f"norm {norm(vectors[0])}")
    holds(answer.usage.prompt_tokens > 0, "tokens are counted")
    equal(answer.usage.total_tokens, answer.usage.prompt_tokens)


@check("embeddings.formats")
async def formats(peer):
    floats, _ = await embed(peer, "vacation days", encoding_format="float")
    coded, _ = await embed(peer, "vacation days", encoding_format="base64")
    usual, _ = await embed(peer, "vacation days")
    holds(isinstance(coded[0], str), "base64 is handed on as text")
    far = max(abs(a - b) for a, b in zip(floats[0], usual[0]))
    holds(far < 1e-6, f"they differ by {far}")


@check("embeddings.dimensions")
async def dimensions(peer):
    vectors, _ = await embed(peer, "vacation days", dimensions=256)
    equal(len(vectors[0]), 256, "length")
    holds(abs(norm(vectors[0]) - 1) < 0.001, f"norm {norm(vectors[0])}")


@check("embeddings.batch")
async def batch(peer):
    vectors, answer = await embed(peer, ["apples", "pears", "apples"])
    equal([item.index for item in answer.data], [0, 1, 2])
    holds(vectors[0] == vectors[2] != vectors[1], "equal inputs alone are equal")


@check("models.list")
async def models(peer):
    listed = await collected(peer.client.models.list())
    holds("gpt-4o-mini" in [model.id for model in listed], "gpt-4o-mini")
    if not peer.is_azure:
        one = await settled(peer.client.models.retrieve("gpt-4o-mini"))
        equal(one.object, "model")
        await fails(openai.NotFoundError, lambda: peer.client.models.retrieve("nobody"))
