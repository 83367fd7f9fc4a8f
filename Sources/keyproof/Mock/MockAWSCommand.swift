import ArgumentParser
import SecretManagers
import Secrets
import Worlds

struct MockAWSCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "aws-secrets-manager",
    abstract: "Runs a mock AWS Secrets Manager: signatures that are verified, version stages.",
    discussion: """
      It keeps everything in memory. The access log goes to standard output, a line for each \
      request.
      """
  )

  @OptionGroup var options: MockManagerOptions

  @Option(help: "The region that requests must be signed for.")
  var region = "eu-west-1"

  mutating func run() async throws {
    let clock = WallClock()
    let region = region
    let identity = AWSIdentity(
      name: "developer",
      accessKeyID: "AKIAMOCK000000000001",
      secretAccessKey: options.credential("secret-access-key", prefix: "mock-")
    )
    let mock = AWSSecretsManagerMock(
      identities: [identity],
      region: region,
      clock: clock,
      randomness: options.randomness,
      observe: MockManagerOptions.print
    )
    try await options.run(port: 8_300, clock: clock, responder: mock.responder) { origin in
      """
      Mock AWS Secrets Manager at \(origin)
      Region:            \(region)
      Access key id:     \(identity.accessKeyID)
      Secret access key: \(identity.secretAccessKey.reveal { $0 })

      Try it:
        export AWS_ACCESS_KEY_ID=\(identity.accessKeyID) AWS_DEFAULT_REGION=\(region)
        export AWS_SECRET_ACCESS_KEY=\(identity.secretAccessKey.reveal { $0 })
        aws --endpoint-url \(origin) secretsmanager create-secret \\
          --name keyproof/acme --secret-string sk-test
      """
    }
  }
}
