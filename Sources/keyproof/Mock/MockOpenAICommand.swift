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
    let mock = OpenAIMock(
      host: options.host,
      speed: ModelSpeed(
        firstToken: .zero ... .zero,
        betweenTokens: .zero ... .zero,
        embedding: .zero ... .zero
      ),
      clock: clock,
      randomness: Randomness(seed: options.seed ?? 1)
    ) { _ in }
    let organization = mock.createOrganization("Mock organization")
    let project = try mock.createProject("Default project", organization: organization)
    let key = try mock.createKey("Default key", project: project).secret
    let responder = mock.responder
    let service = MockService(
      responder: responder,
      background: { try await clock.sleep(for: .seconds(1 << 31)) },
      finish: {}
    )
    let server = MockServer(
      host: options.host,
      port: options.port,
      limits: MockLimits(),
      clock: clock
    )
    let host = options.host
    try await server.run(service) { port in
      terminal.print(Self.greeting(base: "http://\(host):\(port)/v1", key: key))
    }
  }

  private static func greeting(base: String, key: Secret) -> String {
    key.reveal { key in
      """
      Mock OpenAI at \(base)
      API key: \(key)

      Try it:
        curl -s \(base)/chat/completions \\
          -H 'Authorization: Bearer \(key)' -H 'Content-Type: application/json' \\
          -d '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hello"}]}'
      """
    }
  }
}
