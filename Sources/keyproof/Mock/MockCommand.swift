import ArgumentParser

/// The mocks as servers of their own, for people who test their own software.
struct MockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mock",
    abstract: "Runs a mock provider or secret manager as a server.",
    subcommands: [
      MockOpenAICommand.self, MockAzureCommand.self, MockVaultCommand.self, MockAWSCommand.self,
      MockKeyVaultCommand.self,
    ]
  )
}

/// What the server of every mock provider can be told.
struct MockOptions: ParsableArguments {
  @Option(help: "The port (default: 8080 for openai, 8081 for azure); 0 takes any that is free.")
  var port: Int?

  @Option(help: "The address to listen on. Others than 127.0.0.1 let other machines in.")
  var host = "127.0.0.1"

  @Option(help: "A configuration file (YAML); see the README of the mock.")
  var config: String?

  @Option(help: "The seed of all randomness: keys, ids, delays (default: 1).")
  var seed: UInt64?

  @Option(help: "Keeps the ledger in this SQLite file (default: a temporary one).")
  var ledger: String?

  @Option(help: "The bearer token of the control API (default: a new one, printed).")
  var controlToken: String?

  func validate() throws {
    guard (0...65_535).contains(port ?? 0) else {
      throw ValidationError("--port must be from 0 to 65535")
    }
    if let controlToken, !HeaderText.isHeaderText(controlToken) {
      throw ValidationError("--control-token must be 1 to 512 visible ASCII characters")
    }
  }
}
