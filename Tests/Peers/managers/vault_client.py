"""hvac, the Python client of Vault, does the same to OpenBao and to `keyproof mock vault`."""

import base64

import hvac
from hvac import exceptions

from suite.checks import equal, fails, holds


def encoded(text):
    return base64.b64encode(text.encode()).decode()


async def kv_versions(root):
    kv = root.secrets.kv.v2
    path = "keyproof/versions"
    made = kv.create_or_update_secret(path, {"api_key": "k1"}, cas=0)
    equal(made["data"]["version"], 1)
    await fails(
        exceptions.InvalidRequest,
        lambda: kv.create_or_update_secret(path, {"api_key": "x"}, cas=0),
    )
    kv.create_or_update_secret(path, {"api_key": "k2"}, cas=1)
    newest = kv.read_secret_version(path, raise_on_deleted_version=True)["data"]
    equal((newest["data"], newest["metadata"]["version"]), ({"api_key": "k2"}, 2))
    first = kv.read_secret_version(path, version=1, raise_on_deleted_version=True)["data"]
    equal(first["data"], {"api_key": "k1"})
    kv.delete_latest_version_of_secret(path)
    await fails(
        exceptions.InvalidPath,
        lambda: kv.read_secret_version(path, raise_on_deleted_version=True),
    )
    kv.undelete_secret_versions(path, [2])
    kv.destroy_secret_versions(path, [1])
    await fails(
        exceptions.InvalidPath,
        lambda: kv.read_secret_version(path, version=1, raise_on_deleted_version=True),
    )
    versions = kv.read_secret_metadata(path)["data"]["versions"]
    equal({name: one["destroyed"] for name, one in versions.items()}, {"1": True, "2": False})
    # Not `LIST`, which the HTTP parser below our mock does not know.
    listed = root.adapter.get("/v1/secret/metadata/keyproof", params={"list": "true"})
    holds("versions" in listed["data"]["keys"], "the secret is listed")
    kv.delete_metadata_and_all_versions(path)
    await fails(
        exceptions.InvalidPath,
        lambda: kv.read_secret_version(path, raise_on_deleted_version=True),
    )


async def app_role(origin, role_id, secret_id):
    client = hvac.Client(origin)
    for role, secret in [(role_id, "wrong"), ("wrong", secret_id)]:
        await fails(
            exceptions.InvalidRequest,
            lambda: client.auth.approle.login(role, secret, use_token=False),
        )
    given = client.auth.approle.login(role_id, secret_id)["auth"]
    equal((given["token_type"], given["renewable"]), ("service", True))
    holds(given["lease_duration"] > 0, "the token ends")
    kv = client.secrets.kv.v2
    kv.create_or_update_secret("keyproof/customer-x", {"api_key": "k"})
    equal(
        kv.read_secret_version("keyproof/customer-x", raise_on_deleted_version=True)["data"]["data"],
        {"api_key": "k"},
    )
    await fails(
        exceptions.Forbidden,
        lambda: kv.read_secret_version("elsewhere/x", raise_on_deleted_version=True),
    )
    stranger = hvac.Client(origin, token="hvs.nobody")
    await fails(
        exceptions.Forbidden,
        lambda: stranger.secrets.kv.v2.read_secret_version(
            "keyproof/customer-x", raise_on_deleted_version=True
        ),
    )


async def transit(root):
    engine = root.secrets.transit
    engine.create_key("suite")
    wrapped = engine.encrypt_data("suite", encoded("text"), associated_data=encoded("acme/1"))
    ciphertext = wrapped["data"]["ciphertext"]
    holds(ciphertext.startswith("vault:v1:"), "the first version wraps")

    def opened(ciphertext, context="acme/1"):
        answer = engine.decrypt_data("suite", ciphertext, associated_data=encoded(context))
        return answer["data"]["plaintext"]

    equal(opened(ciphertext), encoded("text"))
    await fails(exceptions.InvalidRequest, lambda: opened(ciphertext, "acme/2"))
    await fails(exceptions.InvalidRequest, lambda: opened("nonsense"))
    engine.rotate_key("suite")
    equal(opened(ciphertext), encoded("text"))
    equal(engine.read_key("suite")["data"]["latest_version"], 2)
    engine.update_key_configuration("suite", min_decryption_version=2)
    await fails(exceptions.InvalidRequest, lambda: opened(ciphertext))


async def seal(root):
    """The last check: nothing opens it again."""
    equal(root.sys.is_sealed(), False)
    root.sys.seal()
    equal(root.sys.is_sealed(), True)
    await fails(
        exceptions.VaultDown,
        lambda: root.secrets.kv.v2.read_secret_version(
            "keyproof/customer-x", raise_on_deleted_version=True
        ),
    )


def set_up(root):
    """What an operator does before the product starts; returns role id and secret id."""
    root.sys.enable_auth_method("approle")
    root.sys.enable_secrets_engine("transit")
    root.secrets.transit.create_key("keyproof")
    roles = root.auth.approle
    roles.create_or_update_approle("keyproof", token_policies=["keyproof"], token_ttl="20m")
    role = roles.read_role_id("keyproof")["data"]["role_id"]
    allow(root)
    return role, roles.generate_secret_id("keyproof")["data"]["secret_id"]


def allow(root):
    """As Sources/Orchestrator/Keys/README.md asks for."""
    root.sys.create_or_update_policy("keyproof", """
        path "secret/data/keyproof/*" { capabilities = ["create", "read", "update"] }
        path "secret/destroy/keyproof/*" { capabilities = ["update"] }
        path "secret/metadata/keyproof/*" { capabilities = ["read", "delete"] }
        path "transit/encrypt/keyproof" { capabilities = ["update"] }
        path "transit/decrypt/keyproof" { capabilities = ["update"] }
    """)
