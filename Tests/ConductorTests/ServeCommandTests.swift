import Foundation
import Guarantees
import Synchronization
import Testing

/// `keyproof serve orchestrator` as a process, over a real socket.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ServeCommandTests {
  @Test func aNewFolderIsServedUntilItIsStopped() async throws {
    try await Bench.withDirectory { directory in
      let folder = directory.appending(path: "assistant")
      let made = try await serve(["--new", folder.path], in: directory)
      #expect(made.status == 0)
      let key = folder.appending(path: "master.key")
      let attributes = try FileManager.default.attributesOfItem(atPath: key.path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
      let again = try await serve(["--new", folder.path], in: directory)
      #expect(again.status == ExitStatus.internalError.rawValue)
      #expect(again.errors.contains("File exists"))

      let said = Answers()
      let outcome = try await served(folder, in: directory) { port in
        for path in ["/health", "/ready", "/admin/tenants/acme/key", "/metrics"] {
          said.add(Self.get(path, port: port))
        }
      }
      #expect(outcome.status == 0)
      for (answer, status) in zip(said.all, [200, 200, 401, 200]) {
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
      }
      let metrics = try #require(said.all.last)
      #expect(metrics.contains("keyproof_http_requests_total{route=\"admin\",status=\"4xx\"} 1"))
      #expect(metrics.contains("keyproof_messages_outstanding 0"))
      #expect(!metrics.contains("acme"))
      for line in outcome.errors.split(separator: "\n") {
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
      }
      #expect(outcome.errors.contains("\"message\":\"Stopped\""))
    }
  }

  @Test(arguments: [
    ("orchestrator: {tenant: []}\n", ":1:16: error: unknown name 'tenant'", "'tenants'?"),
    ("server: {port: soon}\n", ":1:16: error: this is no whole number", "^"),
    ("server: {port: 65536}\n", ":1:9: error: 'port' must be from 0 to 65535", "^"),
    (
      "orchestrator: {tenants: [], master_key_file: x, limits: {model_repeat: 1}}\n",
      ":1:58: error: unknown name 'model_repeat'", "'model_repeats'?"
    ),
    ("secrets: {teams_app_secret: {file: a, environment: B}}\n", ":1:29: error: a secret is", "^"),
    ("orchestrator: [\n", ": error: this is no YAML", "^"),
  ])
  func aMistakeIsShownAtItsPlace(text: String, words: String, hint: String) async throws {
    try await Bench.withDirectory { directory in
      let file = directory.appending(path: "orchestrator.yaml")
      try Data(text.utf8).write(to: file)
      let outcome = try await serve(["--config", file.path], in: directory)
      #expect(outcome.status == ExitStatus.badScenario.rawValue)
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(outcome.errors.contains(hint), "\(outcome.errors)")
    }
  }

  @Test(arguments: [
    (["KEYPROOF_PORT": "99999"], "KEYPROOF_PORT must be from 0 to 65535"),
    (["KEYPROOF_EGRESS_GATEWAY": "http://gateway.example:80"], "egress_gateway must be"),
    (["KEYPROOF_MASTER_KEY_FILE": "/nonexistent"], "the master key '/nonexistent' cannot be read"),
    (["KEYPROOF_TEAMS_APP_SECRET_FILE": "/nonexistent"], "'/nonexistent' cannot be read"),
    (["KEYPROOF_PROVIDER_BASE_URL": "ftp://x"], "provider.base_url: 'ftp://x' is no plain URL"),
  ])
  func theEnvironmentStandsAboveTheFile(
    environment: [String: String],
    words: String
  ) async throws {
    try await Bench.withDirectory { directory in
      let folder = directory.appending(path: "assistant")
      _ = try await serve(["--new", folder.path], in: directory)
      let outcome = try await Command(
        arguments: Self.words + ["--config", folder.appending(path: "orchestrator.yaml").path],
        directory: directory,
        environment: environment
      ).run()
      #expect(outcome.status == ExitStatus.badScenario.rawValue)
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
  }

  /// As the file would have it, not as the program calls it within.
  @Test(arguments: [
    ("{ keeper: vault }", "'custody.vault' is missing"),
    (
      "{ keeper: vault, vault: { address: \"https://v.example\", role_id: r } }",
      "'secrets.vault_secret_id' is missing"
    ),
    ("{ keeper: azure-key-vault }", "'custody.azure_key_vault' is missing"),
    (
      "{ keeper: aws, aws: { region: eu-west-1, access_key_id: a } }",
      "'secrets.aws_secret_access_key' is missing"
    ),
  ])
  func whatIsMissingForASecretManagerIsNamed(custody: String, words: String) async throws {
    try await Bench.withDirectory { directory in
      let folder = directory.appending(path: "assistant")
      _ = try await serve(["--new", folder.path], in: directory)
      let file = folder.appending(path: "orchestrator.yaml")
      let text = try String(contentsOf: file, encoding: .utf8) + "  custody: \(custody)\n"
      try Data(text.utf8).write(to: file)
      let outcome = try await serve(["--config", file.path], in: directory)
      #expect(outcome.status == ExitStatus.badScenario.rawValue)
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
  }

  @Test func aMasterKeyThatOthersMayReadIsNotUsed() async throws {
    try await Bench.withDirectory { directory in
      let folder = directory.appending(path: "assistant")
      _ = try await serve(["--new", folder.path], in: directory)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o640],
        ofItemAtPath: folder.appending(path: "master.key").path
      )
      let file = folder.appending(path: "orchestrator.yaml").path
      let outcome = try await serve(["--config", file], in: directory)
      #expect(outcome.status == ExitStatus.badScenario.rawValue)
      #expect(outcome.errors.contains("chmod 600"))
    }
  }

  @Test func whatIsUnderWayIsFinishedAfterASIGTERM() async throws {
    try await Bench.withDirectory { directory in
      let folder = directory.appending(path: "assistant")
      _ = try await serve(["--new", folder.path], in: directory)
      let token = try String(contentsOf: folder.appending(path: "admin.token"), encoding: .utf8)
      let provider = try #require(SilentProvider())
      let (readiness, installed) = (Answers(), Answers())
      let portFile = try Self.takeAnyPort(folder)
      let begun = Mutex(false)
      let outcome = try await Command(
        arguments: Self.words + ["--config", folder.appending(path: "orchestrator.yaml").path],
        directory: directory,
        environment: ["KEYPROOF_PROVIDER_BASE_URL": "http://127.0.0.1:\(provider.port)/v1"]
      )
      .run(signal: SIGTERM) { _ in
        guard let port = Self.port(in: portFile) else { return false }
        if begun.withLock({ isBegun in
          defer { isBegun = true }
          return !isBegun
        }) {
          readiness.add(Self.get("/ready", port: port))
          Thread.detachNewThread {
            installed.add(Self.installKey(token: token, port: port))
          }
        }
        // The key is being tried: now the process is told to stop.
        guard provider.hasVisitor else { return false }
        Thread.detachNewThread {
          var answer = ""
          repeat { answer = Self.get("/ready", port: port) } while answer.contains(" 200 ")
          readiness.add(answer)
          readiness.add(Self.get("/admin/tenants/acme/key", port: port))
          provider.close()
        }
        return true
      }
      #expect(outcome.status == 0)
      let statuses = readiness.all.map { $0.prefix(12) }
      #expect(statuses == ["HTTP/1.1 200", "HTTP/1.1 503", "HTTP/1.1 503"], "\(readiness.all)")
      // Answered, and not cut off: the provider could not be asked.
      #expect(installed.all.first?.hasPrefix("HTTP/1.1 ") == true, "\(installed.all)")
      #expect(outcome.errors.contains("\"message\":\"Stopped\""))
    }
  }

  private static let words = ["serve", "orchestrator"]

  private func serve(_ arguments: [String], in directory: URL) async throws -> Command.Outcome {
    try await Command(arguments: Self.words + arguments, directory: directory).run()
  }

  /// Serves a folder on any free port, and interrupts it when `use` has been called with the port.
  private func served(
    _ folder: URL,
    in directory: URL,
    _ use: @escaping (Int) -> Void
  ) async throws -> Command.Outcome {
    let portFile = try Self.takeAnyPort(folder)
    return try await Command(
      arguments: Self.words + ["--config", folder.appending(path: "orchestrator.yaml").path],
      directory: directory
    )
    .run { _ in
      guard let port = Self.port(in: portFile) else { return false }
      use(port)
      return true
    }
  }

  /// - Returns: the file that the server writes its port to.
  private static func takeAnyPort(_ folder: URL) throws -> String {
    let file = folder.appending(path: "orchestrator.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing("port: 8090", with: "port: 0\n  port_file: port").utf8).write(to: file)
    return folder.appending(path: "port").path
  }

  private static func port(in file: String) -> Int? {
    FileManager.default.contents(atPath: file)
      .flatMap { Int(String(decoding: $0, as: UTF8.self).dropLast()) }
  }

  private static func installKey(token: String, port: Int) -> String {
    let body = #"{"api_key":"sk-proj-mock-0123456789abcdefghij"}"#
    return LocalSocket()?.exchange(
      "PUT /admin/tenants/acme/key HTTP/1.1\r\nHost: assistant\r\nConnection: close\r\n"
        + "Authorization: Bearer \(token.trimmingCharacters(in: .whitespacesAndNewlines))\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)",
      port: port
    ) ?? ""
  }

  /// The whole answer to a GET, head included; empty when there was none.
  private static func get(_ path: String, port: Int) -> String {
    LocalSocket()?.exchange(
      "GET \(path) HTTP/1.1\r\nHost: assistant\r\nConnection: close\r\n\r\n",
      port: port
    ) ?? ""
  }
}

/// A provider that takes connections and says nothing, until it is gone.
private final class SilentProvider: Sendable {
  let port: Int
  private let socket: Mutex<LocalSocket?>

  init?() {
    guard let socket = LocalSocket(), socket.listen() else { return nil }
    port = socket.port
    self.socket = Mutex(socket)
  }

  var hasVisitor: Bool { socket.withLock { $0?.hasVisitor ?? false } }

  func close() { socket.withLock { $0 = nil } }
}

/// What a closure saw.
private final class Answers: Sendable {
  private let kept = Mutex<[String]>([])

  var all: [String] { kept.withLock { $0 } }

  func add(_ answer: String) {
    kept.withLock { $0.append(answer) }
  }
}
