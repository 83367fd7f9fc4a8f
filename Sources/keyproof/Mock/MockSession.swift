import Providers
import Secrets
import Worlds

/// One run of a mock as a server: its books, its control API, and what is printed when it listens.
struct MockSession {
  let options: MockOptions
  let configuration: MockCommonConfiguration
  let terminal: Terminal
  let clock: any WorldClock
  let books: MockLedgerFile

  /// - Throws: `LedgerFailure` for a file that is none or cannot be written.
  init(
    _ options: MockOptions,
    _ configuration: MockCommonConfiguration,
    terminal: Terminal,
    clock: any WorldClock
  ) throws {
    self.options = options
    self.configuration = configuration
    self.terminal = terminal
    self.clock = clock
    books = try MockLedgerFile(options.ledger)
  }

  var randomness: Randomness { Randomness(seed: options.seed ?? configuration.seed ?? 1) }

  /// Serves until the process is told to stop.
  ///
  /// - Parameter greeting: made of the origin, and of the control token unless its owner knows it
  ///   already.
  func run(
    _ provider: String,
    port: Int,
    responder: @escaping Responder,
    routes: [ControlRoute],
    greeting: @escaping @Sendable (_ origin: String, _ controlToken: Secret?) -> String
  ) async throws {
    let given = options.controlToken.map { Secret($0) } ?? configuration.controlToken?.value
    let token = given ?? Secret(ControlToken.random())
    let control = ControlAPI(provider: provider, token: token, clock: clock, routes: routes)
    let service = SocketService(
      responder: control.guarding(responder),
      background: { [books, clock] in try await books.keepWriting(clock: clock) },
      finish: { [books] in try books.close() }
    )
    let server = SocketServer(
      host: options.host,
      port: options.port ?? port,
      limits: configuration.serverLimits,
      clock: clock
    )
    let host = options.host.contains(":") ? "[\(options.host)]" : options.host
    try await server.run(service) { [terminal] port in
      terminal.print(greeting("http://\(host):\(port)", given == nil ? token : nil))
    }
  }
}

/// The token of the control API is no mock: whoever has it decides what the mock does.
private enum ControlToken {
  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    let digits = (0..<2).map { _ in
      let part = String(generator.next(), radix: 16)
      return String(repeating: "0", count: 16 - part.count) + part
    }
    return "ctl-" + digits.joined()
  }
}
