"""boto3 does the same to moto and to `keyproof mock aws-secrets-manager`."""

import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from suite.checks import Failed, equal


def client(server, secret_access_key=None):
    return boto3.client(
        "secretsmanager",
        endpoint_url=server.origin,
        region_name=server.region,
        aws_access_key_id=server.access_key_id,
        aws_secret_access_key=secret_access_key or server.secret_access_key,
        config=Config(retries={"total_max_attempts": 1}),
    )


def refused(kind, action):
    try:
        action()
    except ClientError as error:
        return equal(error.response["Error"]["Code"], kind, "type of the error")
    raise Failed(f"no {kind}")


async def versions(secrets):
    name = f"suite/{uuid.uuid4()}"
    refused("ResourceNotFoundException", lambda: secrets.get_secret_value(SecretId=name))
    first = secrets.create_secret(Name=name, SecretString="k1")["VersionId"]
    refused("ResourceExistsException", lambda: secrets.create_secret(Name=name, SecretString="x"))
    second = secrets.put_secret_value(SecretId=name, SecretString="k2")["VersionId"]

    def value(**wanted):
        found = secrets.get_secret_value(SecretId=name, **wanted)
        return found["SecretString"], found["VersionId"]

    equal(value(), ("k2", second))
    equal(value(VersionStage="AWSPREVIOUS"), ("k1", first))
    equal(value(VersionId=first), ("k1", first))
    stages = secrets.describe_secret(SecretId=name)["VersionIdsToStages"]
    equal(stages, {first: ["AWSPREVIOUS"], second: ["AWSCURRENT"]})


async def promotion(secrets):
    """Of ours alone: moto leaves `AWSCURRENT` on the old version too."""
    name = f"suite/{uuid.uuid4()}"
    old = secrets.create_secret(Name=name, SecretString="k1")["VersionId"]
    new = secrets.put_secret_value(
        SecretId=name, SecretString="k2", VersionStages=["AWSPENDING"]
    )["VersionId"]

    def value(stage):
        return secrets.get_secret_value(SecretId=name, VersionStage=stage)["SecretString"]

    equal((value("AWSCURRENT"), value("AWSPENDING")), ("k1", "k2"))
    # From where the label is taken must be said.
    refused(
        "InvalidParameterException",
        lambda: secrets.update_secret_version_stage(
            SecretId=name, VersionStage="AWSCURRENT", MoveToVersionId=new
        ),
    )
    secrets.update_secret_version_stage(
        SecretId=name, VersionStage="AWSCURRENT", MoveToVersionId=new, RemoveFromVersionId=old
    )
    equal((value("AWSCURRENT"), value("AWSPREVIOUS")), ("k2", "k1"))


async def deletion(secrets):
    name = f"suite/{uuid.uuid4()}"
    secrets.create_secret(Name=name, SecretString="k1")
    secrets.delete_secret(SecretId=name, RecoveryWindowInDays=7)
    refused("InvalidRequestException", lambda: secrets.get_secret_value(SecretId=name))
    secrets.restore_secret(SecretId=name)
    equal(secrets.get_secret_value(SecretId=name)["SecretString"], "k1")
    secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    refused("ResourceNotFoundException", lambda: secrets.get_secret_value(SecretId=name))


async def signature(server):
    """Of ours alone: moto takes every signature."""
    equal(client(server).create_secret(Name="suite/signed", SecretString="x")["Name"], "suite/signed")
    refused(
        "InvalidSignatureException",
        lambda: client(server, "another").get_secret_value(SecretId="suite/signed"),
    )
