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

  mutating func run() async throws {
    let terminal = Terminal()
    let clock = WallClock()
    let configuration =
      try options.config.map { try MockConfiguration.load($0, terminal: terminal) }
      ?? MockConfiguration()
    let token = Secret(
      options.controlToken ?? configuration.controlToken ?? ControlToken.random()
    )
    let books = try MockLedgerFile(options.ledger)
    let setup = try MockOpenAISetup(
      configuration,
      options: options,
      ledger: books.ledger,
      clock: clock
    )
    let control = ControlAPI(
      provider: "openai",
      token: token,
      clock: clock,
      routes: OpenAIControl(mock: setup.mock).routes
    )
    let service = SocketService(
      responder: control.guarding(setup.mock.responder),
      background: { try await books.keepWriting(clock: clock) },
      finish: { try books.close() }
    )
    let server = SocketServer(
      host: options.host,
      port: options.port,
      limits: configuration.serverLimits,
      clock: clock
    )
    let host = options.host.contains(":") ? "[\(options.host)]" : options.host
    let printsToken = options.controlToken == nil && configuration.controlToken == nil
    try await server.run(service) { port in
      terminal.print(
        MockGreeting(setup: setup, origin: "http://\(host):\(port)")
          .text(controlToken: printsToken ? token : nil)
      )
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

/// The token of the control API is no mock: whoever has it decides what the mock does.
enum ControlToken {
  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    let digits = (0..<2).map { _ in
      let part = String(generator.next(), radix: 16)
      return String(repeating: "0", count: 16 - part.count) + part
    }
    return "ctl-" + digits.joined()
  }
}
