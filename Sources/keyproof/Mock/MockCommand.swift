import ArgumentParser

/// The mocks as servers of their own, for people who test their own software.
struct MockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mock",
    abstract: "Runs a mock provider as a server.",
    subcommands: [MockOpenAICommand.self, MockAzureCommand.self]
  )
}

/// What every mock's server can be told.
struct MockOptions: ParsableArguments {
  @Option(help: "The port; 0 takes any that is free, and prints it.")
  var port = 8_080

  @Option(help: "The address to listen on. Others than 127.0.0.1 let other machines in.")
  var host = "127.0.0.1"

  @Option(help: "A configuration file (YAML); see Sources/Providers/README.md.")
  var config: String?

  @Option(help: "The seed of all randomness: keys, ids, delays (default: 1).")
  var seed: UInt64?

  @Option(help: "A key that is accepted, in the place of a made-up one; may be repeated.")
  var key: [String] = []

  @Option(help: "Keeps the ledger in this SQLite file (default: a temporary one).")
  var ledger: String?

  @Option(help: "The bearer token of the control API (default: a new one, printed).")
  var controlToken: String?

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port must be from 0 to 65535")
    }
    for key in key where !Self.isHeaderText(key) {
      throw ValidationError("--key must be 1 to 512 visible ASCII characters")
    }
    if let controlToken, !Self.isHeaderText(controlToken) {
      throw ValidationError("--control-token must be 1 to 512 visible ASCII characters")
    }
  }

  /// Whether a client could send the text as a bearer token.
  static func isHeaderText(_ text: String) -> Bool {
    (1...512).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
  }
}
