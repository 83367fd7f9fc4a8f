"""The official SDK: its plain and its asynchronous client."""

import openai

from . import openai_books, openai_chat, openai_data, openai_errors


class OpenAIPeer:
    provider = "openai"
    is_azure = False
    model = "gpt-4o-mini"
    embedding_model = "text-embedding-3-small"
    chat_path = "/chat/completions"
    CHECKS = {
        **openai_chat.CHECKS, **openai_data.CHECKS, **openai_errors.CHECKS, **openai_books.CHECKS
    }

    def __init__(self, mock, is_async):
        self.mock = mock
        self.is_async = is_async

    def begin(self):
        """Before each check: a key that nobody else uses, and new clients."""
        self.key = self.mock.new_key(name="suite")["value"]
        kind = openai.AsyncOpenAI if self.is_async else openai.OpenAI
        base = f"{self.mock.origin}/v1"
        self.client = kind(base_url=base, api_key=self.key)
        self.admin = kind(base_url=base, api_key=self.key, admin_api_key=self.mock.admin_key)

    def strict_client(self):
        base = f"{self.mock.origin}/v1"
        return type(self.client)(
            base_url=base, api_key=self.key, _strict_response_validation=True
        )

    def with_options(self, **options):
        return self.client.with_options(**options)

    def chat(self, messages, **options):
        options = {"model": self.model, **options}
        return self.client.chat.completions.create(messages=messages, **options)

    def impatient_chat(self, messages):
        """Without retries."""
        client = self.client.with_options(max_retries=0)
        return client.chat.completions.create(model=self.model, messages=messages)
