import ArgumentParser
import Providers
import Secrets
import Worlds

struct MockOpenAICommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "openai",
    abstract: "Runs a mock OpenAI: chat, embeddings, keys, administration, books."
  )

  @OptionGroup var options: MockOptions

  @Option(help: "A key that is accepted, in the place of a made-up one; may be repeated.")
  var key: [String] = []

  func validate() throws {
    for key in key where !HeaderText.isHeaderText(key) {
      throw ValidationError("--key must be 1 to 512 visible ASCII characters")
    }
  }

  mutating func run() async throws {
    let terminal = Terminal()
    let clock = WallClock()
    let configuration = try MockConfiguration.load(options.config, terminal: terminal)
    let session = try MockSession(options, configuration.common, terminal: terminal, clock: clock)
    let setup = try MockOpenAISetup(configuration, keys: key, session: session)
    try await session.run(
      "openai",
      port: 8_080,
      responder: setup.mock.responder,
      routes: OpenAIControl(mock: setup.mock).routes
    ) { origin, token in
      MockGreeting(setup: setup, origin: origin).text(controlToken: token)
    }
  }
}

/// What is printed when a mock listens: all that it takes to try it.
struct MockGreeting {
  let setup: MockOpenAISetup
  let origin: String

  /// - Parameter controlToken: nil when its owner knows it already.
  func text(controlToken: Secret?) -> String {
    let key = setup.keys.first?.secret.reveal { $0 } ?? "none"
    let adminKey = setup.adminKeys.first?.reveal { $0 } ?? "none"
    let token = controlToken?.reveal { $0 } ?? "as given"
    return """
      Mock OpenAI at \(origin)/v1
      API key:       \(key)
      Admin key:     \(adminKey)
      Control token: \(token)   (\(origin)\(ControlAPI.prefix)/)

      Try it:
        export OPENAI_BASE_URL=\(origin)/v1 OPENAI_API_KEY=\(key)
        curl -s $OPENAI_BASE_URL/chat/completions -H "Authorization: Bearer $OPENAI_API_KEY" \\
          -d '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hello"}]}'
      """
  }
}
