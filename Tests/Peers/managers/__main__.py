"""Runs every client against every manager that it is for, real ones and ours."""

import argparse
import asyncio
import contextlib
import pathlib
import sys
import tempfile
import time

import hvac

from suite.servers import Mock

from . import aws_client, key_vault_client, product, vault_client
from .servers import Bao, Moto, OurAWS, OurKeyVault, OurVault
from .tls import TLSFront

# The longest that one check may take.
LIMIT_SECONDS = 90


class Run:
    def __init__(self):
        self.failed = self.passed = 0

    def check(self, name, action):
        begin = time.monotonic()
        try:
            asyncio.run(asyncio.wait_for(action, LIMIT_SECONDS))
        except Exception as error:
            self.failed += 1
            print(f"FAILED {name}: {type(error).__name__}: {str(error)[:600]}", flush=True)
        else:
            self.passed += 1
            print(f"passed {name} ({time.monotonic() - begin:.1f} s)", flush=True)


def vault(run, program, folder, stack):
    bao = Bao(folder)
    stack.callback(bao.stop)
    root = hvac.Client(bao.origin, token=bao.root_token)
    role_id, secret_id = vault_client.set_up(root)
    ours = OurVault(folder, program)
    stack.callback(ours.stop)
    our_root = hvac.Client(ours.origin, token=ours.root_token)
    for name, origin, client, role in [
        ("OpenBao", bao.origin, root, (role_id, secret_id)),
        ("our Vault", ours.origin, our_root, (ours.role_id, ours.secret_id)),
    ]:
        run.check(f"hvac, {name}: versions", vault_client.kv_versions(client))
        run.check(f"hvac, {name}: AppRole", vault_client.app_role(origin, *role))
        run.check(f"hvac, {name}: transit", vault_client.transit(client))
    settings = {"address": bao.origin, "role_id": role_id}
    with provider(program) as mock:
        story = product.Story(
            new(folder, "transit"), program, mock,
            {"master_key": "transit", "vault": settings}, {"vault_secret_id": secret_id},
        )
        stack.callback(story.product.stop)
        run.check("product, OpenBao: transit as master key", product.transit(story, root))
    # The transit story took the policy away.
    vault_client.allow(root)
    with provider(program) as mock:
        story = product.Story(
            new(folder, "vault"), program, mock,
            {"keeper": "vault", "vault": settings}, {"vault_secret_id": secret_id},
        )
        stack.callback(story.product.stop)
        run.check(
            "product, OpenBao: keys",
            product.external(story, product.VaultKeeper(bao), lambda: root.sys.seal()),
        )
    run.check("hvac, our Vault: seal", vault_client.seal(our_root))


def aws(run, program, folder, stack):
    moto, ours = Moto(folder), OurAWS(folder, program)
    stack.callback(moto.stop)
    stack.callback(ours.stop)
    for name, server in [("moto", moto), ("our AWS", ours)]:
        secrets = aws_client.client(server)
        run.check(f"boto3, {name}: versions", aws_client.versions(secrets))
        run.check(f"boto3, {name}: deletion", aws_client.deletion(secrets))
    run.check("boto3, our AWS: promotion", aws_client.promotion(aws_client.client(ours)))
    run.check("boto3, our AWS: signature", aws_client.signature(ours))
    with provider(program) as mock:
        story = product.Story(
            new(folder, "aws"), program, mock,
            {
                "keeper": "aws",
                "aws": {
                    "region": moto.region, "access_key_id": moto.access_key_id,
                    "endpoint": moto.origin,
                },
            },
            {"aws_secret_access_key": moto.secret_access_key},
        )
        stack.callback(story.product.stop)
        run.check(
            "product, moto: keys", product.external(story, product.AWSKeeper(moto), moto.stop)
        )


def key_vault(run, program, folder, stack):
    ours = OurKeyVault(folder, program)
    stack.callback(ours.stop)
    front = TLSFront(folder, int(ours.origin.rsplit(":", 1)[1]))
    stack.callback(front.stop)
    secrets = key_vault_client.client(ours, front)
    run.check("azure-keyvault-secrets, ours: versions", key_vault_client.versions(secrets))
    run.check("azure-keyvault-secrets, ours: disabling", key_vault_client.disabling(secrets))
    run.check("azure-keyvault-secrets, ours: deletion", key_vault_client.deletion(secrets))
    run.check("azure-identity, ours: who may come in", key_vault_client.entra(ours, front))


@contextlib.contextmanager
def provider(program):
    mock = Mock(program, "openai")
    try:
        yield mock
    finally:
        mock.stop()


def new(folder, name):
    path = pathlib.Path(folder, name)
    path.mkdir()
    return path


def main():
    parser = argparse.ArgumentParser(prog="Tests/Peers/secret-managers", description=__doc__)
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    program = pathlib.Path(arguments.program).resolve()
    run = Run()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        vault(run, program, folder, stack)
        aws(run, program, folder, stack)
        key_vault(run, program, folder, stack)
    print(f"{run.passed} passed, {run.failed} failed")
    return 1 if run.failed else 0


sys.exit(main())
