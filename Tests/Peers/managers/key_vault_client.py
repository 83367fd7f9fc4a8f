"""azure-keyvault-secrets and azure-identity against `keyproof mock key-vault`."""

import uuid

from azure.core import exceptions
from azure.identity import ClientSecretCredential
from azure.keyvault.secrets import SecretClient

from suite.checks import equal, fails, holds


def credential(server, front, client_secret=None):
    return ClientSecretCredential(
        server.tenant,
        server.client_id,
        client_secret or server.client_secret,
        authority=front.origin,
        # Entra's list of known authorities is on the internet.
        disable_instance_discovery=True,
        connection_verify=str(front.authority),
    )


def client(server, front, client_secret=None, **options):
    return SecretClient(
        vault_url=front.origin,
        credential=credential(server, front, client_secret),
        # `localhost` does not lie below `vault.azure.net`.
        verify_challenge_resource=False,
        connection_verify=str(front.authority),
        retry_total=0,
        **options,
    )


def fresh():
    return f"suite-{uuid.uuid4()}"


async def versions(secrets):
    name = fresh()
    await fails(exceptions.ResourceNotFoundError, lambda: secrets.get_secret(name))
    first = secrets.set_secret(name, "k1", content_type="text/plain", tags={"tenant": "acme"})
    second = secrets.set_secret(name, "k2")
    newest = secrets.get_secret(name)
    equal((newest.value, newest.properties.version), ("k2", second.properties.version))
    older = secrets.get_secret(name, first.properties.version)
    equal((older.value, older.properties.content_type), ("k1", "text/plain"))
    equal(older.properties.tags, {"tenant": "acme"})
    listed = {one.version for one in secrets.list_properties_of_secret_versions(name)}
    equal(listed, {first.properties.version, second.properties.version})
    holds(name in {one.name for one in secrets.list_properties_of_secrets()}, "it is listed")


async def disabling(secrets):
    """As the product puts an old version out of use."""
    name = fresh()
    old = secrets.set_secret(name, "k1").properties.version
    secrets.set_secret(name, "k2")
    changed = secrets.update_secret_properties(name, old, enabled=False)
    equal((changed.enabled, changed.version), (False, old))
    await fails(
        exceptions.HttpResponseError, lambda: secrets.get_secret(name, old), status_code=403
    )
    equal(secrets.get_secret(name).value, "k2")


async def deletion(secrets):
    name = fresh()
    secrets.set_secret(name, "k1")
    deleted = secrets.begin_delete_secret(name).result()
    holds(deleted.recovery_id.endswith(f"/deletedsecrets/{name}"), "it can be recovered")
    await fails(exceptions.ResourceNotFoundError, lambda: secrets.get_secret(name))
    await fails(exceptions.ResourceExistsError, lambda: secrets.set_secret(name, "k2"))
    secrets.begin_recover_deleted_secret(name).wait()
    equal(secrets.get_secret(name).value, "k1")
    secrets.begin_delete_secret(name).wait()
    secrets.purge_deleted_secret(name)
    await fails(exceptions.ResourceNotFoundError, lambda: secrets.get_deleted_secret(name))
    equal(secrets.set_secret(name, "k3").value, "k3")


async def entra(server, front):
    """Who may come in, and what for."""
    wrong = client(server, front, client_secret="another")
    await fails(exceptions.ClientAuthenticationError, lambda: wrong.get_secret("any"))
    # Azure's clients send a token to a vault below its resource alone; ours is `localhost`.
    strict = SecretClient(
        vault_url=front.origin,
        credential=credential(server, front),
        connection_verify=str(front.authority),
        retry_total=0,
    )
    await fails(ValueError, lambda: strict.get_secret("any"))
    # And none of them over plain HTTP.
    plain = SecretClient(vault_url=server.origin, credential=credential(server, front))
    await fails(exceptions.ServiceRequestError, lambda: plain.get_secret("any"))
