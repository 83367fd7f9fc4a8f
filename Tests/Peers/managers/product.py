"""The product's own clients against real secret managers: `keyproof serve orchestrator` as it is
shipped, with the mock provider, and what the manager itself says of it."""

import json
import time

import hvac
from hvac import exceptions

from suite.checks import equal, fails, holds

from .aws_client import client as aws_client
from .servers import Product, until

NAME = "keyproof/customer-acme"


class VaultKeeper:
    """How the manager itself is asked, past the product."""

    def __init__(self, bao):
        self.kv = hvac.Client(bao.origin, token=bao.root_token).secrets.kv.v2

    def held(self):
        read = self.kv.read_secret_version(NAME, raise_on_deleted_version=True)
        return read["data"]["data"]["api_key"]

    def change(self, key):
        self.kv.create_or_update_secret(NAME, {"api_key": key})

    def out_of_use(self):
        """How many of the versions are given out no more."""
        versions = self.kv.read_secret_metadata(NAME)["data"]["versions"]
        return sum(one["destroyed"] for one in versions.values())

    def is_gone(self):
        try:
            self.kv.read_secret_metadata(NAME)
        except exceptions.InvalidPath:
            return True
        return False


class AWSKeeper:
    def __init__(self, server):
        self.secrets = aws_client(server)

    def held(self):
        return json.loads(self.secrets.get_secret_value(SecretId=NAME)["SecretString"])["api_key"]

    def change(self, key):
        self.secrets.put_secret_value(SecretId=NAME, SecretString=json.dumps({"api_key": key}))

    def out_of_use(self):
        """A version without a label is nobody's any more, and may not be listed at all."""
        labels = self.secrets.describe_secret(SecretId=NAME)["VersionIdsToStages"].values()
        equal(sum("AWSPREVIOUS" in stages for stages in labels), 0, "previous versions")
        return 1

    def is_gone(self):
        try:
            self.secrets.describe_secret(SecretId=NAME)
        except self.secrets.exceptions.ResourceNotFoundException:
            return True
        return False


class Story:
    def __init__(self, folder, program, provider, custody, secrets):
        self.provider = provider
        self.keys = [provider.new_key(name=f"key {number}") for number in range(3)]
        self.product = Product(folder, program, provider.origin, custody, secrets)

    def learns(self, name, key):
        """A document is embedded on this key, and on no other."""
        before = [len(self.provider.ledger(one["id"])) for one in self.keys]
        equal(self.product.learn(name, f"# {name}\n\nVacation: thirty days."), 201, "document")
        place = self.keys.index(key)
        until(
            lambda: len(self.provider.ledger(key["id"])) > before[place], f"{name} is embedded"
        )
        for index, other in enumerate(self.keys):
            if index != place:
                equal(len(self.provider.ledger(other["id"])), before[index], "calls on another key")

    def keeps_nothing(self):
        remains = self.product.remains()
        for key in self.keys:
            holds(key["value"].encode() not in remains, "no key on the product's disk")


async def external(story, keeper, stop):
    """Installed, used, changed past the product, replaced, removed; then the manager is gone."""
    product, (first, second, third) = story.product, story.keys
    equal(product.install(first["value"]), 200, "installation")
    equal(keeper.held(), first["value"])
    story.learns("one", first)
    keeper.change(second["value"])
    story.learns("two", second)
    equal(product.install(third["value"]), 200, "replacement")
    equal(keeper.held(), third["value"])
    until(lambda: keeper.out_of_use() >= 1, "the old version is out of use")
    story.learns("three", third)
    equal(product.call("DELETE", "key"), 200, "removal")
    until(keeper.is_gone, "the secret is gone")
    story.keeps_nothing()
    stop()
    equal(product.install(first["value"]), 503, "installation without the manager")


async def transit(story, root):
    """The same, with the keys on the product's disk and their wrapping in Vault."""
    product, (first, second, third) = story.product, story.keys
    equal(product.install(first["value"]), 200, "installation")
    story.learns("one", first)
    root.secrets.transit.rotate_key("keyproof")
    story.learns("two", first)
    equal(product.install(second["value"]), 200, "replacement")
    story.learns("three", second)
    story.keeps_nothing()
    # What was wrapped by the first version alone would open no more now.
    root.secrets.transit.update_key_configuration("keyproof", min_decryption_version=2)
    story.learns("four", second)
    root.sys.create_or_update_policy("keyproof", 'path "transit/encrypt/keyproof" {capabilities = ["deny"]}')
    equal(product.install(third["value"]), 503, "installation without permission")
    calls = [len(story.provider.ledger(key["id"])) for key in story.keys]
    equal(product.learn("five", "# five\n\nNobody may unwrap."), 201, "document")
    time.sleep(3)
    equal([len(story.provider.ledger(key["id"])) for key in story.keys], calls, "calls")
